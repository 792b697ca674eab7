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

/** Sessions whose driver is here, on the cluster of a configuration directory; {@code way} leads to masters. */
record RelayedSessions(Path home, Path conf, UnaryOperator<MasterFinder> way) implements SessionProvider {
    @Override
    public boolean serves(String master) {
        return true;
    }

    @Override
    public Engine open(String name, String master, Map<String, String> configuration) {
        Path root = home.resolve("../..").normalize();
        Map<String, String> environment = Map.of("HADOOP_CONF_DIR", conf.toString());
        return ClientSession.open(new ClientSession.Making(
                YarnSessions.request(name, configuration, environment),
                environment,
                new Distribution(root.resolve("yarn-client/target/raddle"), root.resolve("scripts")),
                work -> UserClasses.of(new ClassPlaces(List.of(home.resolve("target/relay"))), Set.of(), work),
                way));
    }
}
