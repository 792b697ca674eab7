package io.raddle.executor;

import io.raddle.id.ExecutorId;
import io.raddle.proto.Hello;
import io.raddle.transfer.PeerAddress;
import io.raddle.wire.Protocol;

/**
 * Who an executor is: its number, which process of that number, and where it runs. {@code container} is empty and
 * {@code nodePort} is 0 in local mode.
 */
public record ExecutorIdentity(
        ExecutorId id, long incarnation, String container, String host, int nodePort, String rack, int slots) {
    public ExecutorIdentity {
        if (slots < 1) {
            throw new IllegalArgumentException("an executor has at least one slot, not " + slots);
        }
    }

    Hello hello(int shufflePort, int servicePort, PeerAddress blocks) {
        return Hello.newBuilder()
                .setProtocolVersion(Protocol.VERSION)
                .setEngineVersion(engineVersion())
                .setContainer(container)
                .setHost(host)
                .setNodePort(nodePort)
                .setRack(rack)
                .setSlots(slots)
                .setShufflePort(shufflePort)
                .setServicePort(servicePort)
                .setBlocks(blocks.message())
                .setJavaVersion(System.getProperty("java.vm.version", ""))
                .build();
    }

    private static String engineVersion() {
        String version = ExecutorIdentity.class.getPackage().getImplementationVersion();
        return version == null ? "" : version;
    }
}
