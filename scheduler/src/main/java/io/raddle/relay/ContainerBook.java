package io.raddle.relay;

import io.raddle.cluster.Container;
import io.raddle.fault.Cause;
import io.raddle.fault.CauseCodec;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import io.raddle.proto.CauseMessage;
import io.raddle.proto.ContainerEnded;
import io.raddle.proto.ContainerGranted;
import io.raddle.proto.DriverWelcome;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the master knows of containers, for a driver that attaches and may have missed any of it. Not thread-safe. */
final class ContainerBook {
    private static final int MAX_ENDED = 10_000;

    private final Map<String, ContainerGranted> granted = new LinkedHashMap<>();
    private final Map<String, ContainerEnded> ended = new LinkedHashMap<>();
    private Optional<CauseMessage> refused = Optional.empty();

    ContainerGranted granted(Container container) {
        ContainerGranted message = ContainerGranted.newBuilder()
                .setContainer(container.id())
                .setExecutor(container.executor().number())
                .setHost(container.node().host())
                .setNodePort(container.node().port())
                .setRack(container.rack())
                .setSlots(container.slots())
                .build();
        granted.put(container.id(), message);
        return message;
    }

    ContainerEnded ended(String container, Cause cause) {
        granted.remove(container);
        ContainerEnded message = ContainerEnded.newBuilder()
                .setContainer(container)
                .setCause(CauseCodec.encode(cause))
                .build();
        ended.put(container, message);
        if (ended.size() > MAX_ENDED) {
            Iterator<String> oldest = ended.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return message;
    }

    CauseMessage refused(Cause cause) {
        CauseMessage message = CauseCodec.encode(cause);
        refused = Optional.of(message);
        return message;
    }

    Optional<CauseMessage> refused() {
        return refused;
    }

    void tell(DriverWelcome.Builder welcome) {
        welcome.addAllContainers(granted.values()).addAllEnded(ended.values());
    }

    /** A container as the other end understands it. */
    static Container decode(ContainerGranted message) {
        return new Container(
                message.getContainer(),
                new ExecutorId(message.getExecutor()),
                new NodeId(message.getHost(), message.getNodePort()),
                message.getRack(),
                message.getSlots());
    }
}
