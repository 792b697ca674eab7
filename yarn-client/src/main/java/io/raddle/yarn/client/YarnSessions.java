package io.raddle.yarn.client;

import io.raddle.config.Configuration;
import io.raddle.config.Keys;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.plan.Engine;
import io.raddle.plan.SessionProvider;
import io.raddle.yarn.client.hadoop.HadoopConfiguration;
import io.raddle.yarn.client.program.ClassPlaces;
import io.raddle.yarn.client.program.UserClasses;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sessions of any Java program for the master yarn, each an application of its own whose driver is in the program. The
 * environment names the cluster, the class path holds what executors need of the program. Stateless.
 */
public final class YarnSessions implements SessionProvider {
    private static final List<Class<?>> ENGINE =
            List.of(YarnSessions.class, SessionProvider.class, Keys.class, io.grpc.Status.class);
    /** One of each jar of Hadoop's that executors have from the engine, and see before what a program brings. */
    private static final List<Class<?>> HADOOP = List.of(
            org.apache.hadoop.conf.Configuration.class,
            org.apache.hadoop.classification.InterfaceAudience.class,
            org.apache.hadoop.hdfs.DistributedFileSystem.class,
            org.apache.hadoop.security.authentication.client.Authenticator.class,
            org.apache.hadoop.yarn.api.records.ApplicationId.class,
            org.apache.hadoop.yarn.client.api.YarnClient.class,
            org.apache.hadoop.yarn.util.Records.class,
            org.apache.hadoop.mapreduce.InputFormat.class,
            org.apache.hadoop.thirdparty.com.google.common.base.Preconditions.class,
            org.apache.hadoop.thirdparty.protobuf.ByteString.class,
            org.slf4j.Logger.class);

    @Override
    public boolean serves(String master) {
        return master.equals("yarn");
    }

    @Override
    public Engine open(String name, String master, Map<String, String> configuration) {
        Map<String, String> environment = System.getenv();
        ClientSession.Making making = new ClientSession.Making(
                request(name, configuration, environment),
                environment,
                Distribution.ofProcess(),
                work -> UserClasses.of(places(), engine(), work),
                search -> search);
        return ClientSession.open(making);
    }

    /** What such a program asks for. */
    static Request request(String name, Map<String, String> given, Map<String, String> environment) {
        if (given.getOrDefault(Keys.DEPLOY_MODE.name(), "client").equals("cluster")) {
            throw new RaddleException(new Cause.InvalidInput(
                    "A program that runs by itself has its driver in its own process, so that "
                            + Keys.DEPLOY_MODE.name() + " cannot be cluster.",
                    "Leave it out, or submit the program with yarn-submit."));
        }
        Map<String, String> all = new LinkedHashMap<>(given);
        all.putIfAbsent(Keys.APP_NAME.name(), name);
        all.put(Keys.MASTER.name(), "yarn");
        all.put(Keys.DEPLOY_MODE.name(), "client");
        Configuration configuration = Configuration.parse(ClusterDefaults.below(all, environment));
        return new Request(
                configuration,
                new Master.Yarn(),
                Path.of(""),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                QuotedWords.split(Keys.JAVA_OPTIONS.name(), configuration.get(Keys.JAVA_OPTIONS)),
                Optional.empty(),
                false);
    }

    private static ClassPlaces places() throws IOException {
        return ClassPlaces.of(
                System.getProperty("java.class.path"), Thread.currentThread().getContextClassLoader());
    }

    /** Where our own classes come from, those that we bring and those of Hadoop, and where its configuration is. */
    private static Set<Path> engine() {
        Set<Path> engine = new HashSet<>();
        ENGINE.forEach(each -> source(each).ifPresent(engine::add));
        HADOOP.forEach(each -> source(each).ifPresent(engine::add));
        source(HADOOP.get(0)).flatMap(YarnSessions::installation).ifPresent(engine::add);
        HadoopConfiguration.directory(System.getenv()).ifPresent(engine::add);
        return engine;
    }

    /** An installation of Hadoop has its jars, and those that they need, below one directory: share/hadoop. */
    static Optional<Path> installation(Path hadoopCommon) {
        Path common = hadoopCommon.getParent();
        return common != null && common.endsWith(Path.of("share", "hadoop", "common"))
                ? Optional.ofNullable(common.getParent())
                : Optional.empty();
    }

    private static Optional<Path> source(Class<?> of) {
        return Optional.ofNullable(of.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .map(url -> {
                    try {
                        return Path.of(url.toURI()).toAbsolutePath().normalize();
                    } catch (URISyntaxException e) {
                        throw new IllegalStateException("a class path has only valid locations", e);
                    }
                });
    }
}
