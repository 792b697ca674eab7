package io.raddle.yarn.client;

import io.raddle.plan.Engine;
import io.raddle.plan.SessionProvider;
import io.raddle.relay.MasterFinder;
import io.raddle.yarn.client.program.ClassPlaces;
import io.raddle.yarn.client.program.UserClasses;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Sessions of this JVM on a cluster of its tests, as of a program whose classes are these; {@code way} leads to masters. */
record ProgramSessions(RealCluster.Address cluster, UnaryOperator<MasterFinder> way) implements SessionProvider {
    @Override
    public boolean serves(String master) {
        return true;
    }

    @Override
    public Engine open(String name, String master, Map<String, String> configuration) {
        Path classes = RealCluster.project().resolve("yarn-client/target/test-classes");
        Map<String, String> environment =
                Map.of("HADOOP_CONF_DIR", cluster.confDirectory().toString());
        return ClientSession.open(new ClientSession.Making(
                YarnSessions.request(name, configuration, environment),
                environment,
                new Distribution(RealCluster.project().resolve("yarn-client/target/raddle"), Path.of("scripts")),
                work -> UserClasses.of(new ClassPlaces(List.of(classes)), Set.of(), work),
                way));
    }
}
