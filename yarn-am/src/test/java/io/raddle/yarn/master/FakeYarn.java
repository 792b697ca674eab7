package io.raddle.yarn.master;

import io.raddle.fault.Cause;
import io.raddle.yarn.launch.ExecutorPlace;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.yarn.api.ApplicationMasterProtocol;
import org.apache.hadoop.yarn.api.protocolrecords.RegisterApplicationMasterResponse;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.NMToken;
import org.apache.hadoop.yarn.api.records.Resource;

/** A ResourceManager, and NodeManagers that start nothing but say that they do. Thread-safe. */
final class FakeYarn implements YarnAccess {
    private final FakeResourceManager manager;
    private final List<ExecutorPlace> started = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private volatile Optional<Cause> refusal = Optional.empty();

    FakeYarn(FakeResourceManager manager) {
        this.manager = manager;
    }

    List<ExecutorPlace> started() {
        return started;
    }

    /** The nodes whose tokens came. */
    List<String> tokens() {
        return tokens;
    }

    /** NodeManagers take no container from now on. */
    void refuse(Cause cause) {
        refusal = Optional.of(cause);
    }

    void accept() {
        refusal = Optional.empty();
    }

    @Override
    public ApplicationMasterProtocol resourceManager() {
        return manager;
    }

    @Override
    public Launching nodeManagers(RegisterApplicationMasterResponse registration, int endpointPort) {
        return new Launching() {
            @Override
            public void tokens(List<NMToken> issued) {
                issued.forEach(token -> tokens.add(token.getNodeId().toString()));
            }

            @Override
            public void start(Container container, ExecutorPlace place, Outcome outcome) {
                refusal.ifPresentOrElse(outcome::failed, () -> {
                    started.add(place);
                    outcome.started();
                });
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public WaitingLine.Probing probe(String queue) {
        return new WaitingLine.Probing() {
            @Override
            public WaitingReasons.View view(Resource headroom, int nodes) {
                return new WaitingReasons.View(headroom, nodes, OptionalLong.empty(), Optional.empty());
            }

            @Override
            public void close() {}
        };
    }
}
