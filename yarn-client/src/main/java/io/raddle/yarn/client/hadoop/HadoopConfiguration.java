package io.raddle.yarn.client.hadoop;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/**
 * What HADOOP_CONF_DIR says, in two forms: for this client, which gives up on an unreachable cluster within seconds
 * where Hadoop tries for a quarter of an hour, and as it is for the processes on the cluster. Both ask sooner than Hadoop's
 * defaults whether a file is closed, unless the directory says how soon.
 */
public final class HadoopConfiguration {
    private static final String VARIABLE = "HADOOP_CONF_DIR";
    private static final List<String> FILES =
            List.of("core-site.xml", "hdfs-site.xml", "yarn-site.xml", "mapred-site.xml");

    /** Chosen so that the whole chain of tries over both kinds of retries ends within 30 seconds. */
    private static final Map<String, String> IMPATIENT = Map.ofEntries(
            Map.entry("ipc.client.connect.timeout", "3000"),
            Map.entry("ipc.client.connect.retry.interval", "500"),
            Map.entry("ipc.client.connect.max.retries", "3"),
            Map.entry("ipc.client.connect.max.retries.on.timeouts", "1"),
            Map.entry("ipc.client.bind.wildcard.addr", "false"),
            Map.entry("yarn.resourcemanager.connect.max-wait.ms", "2000"),
            Map.entry("yarn.resourcemanager.connect.retry-interval.ms", "1000"),
            Map.entry("yarn.client.failover-max-attempts", "4"),
            Map.entry("yarn.client.failover-sleep-base-ms", "200"),
            Map.entry("yarn.client.failover-sleep-max-ms", "2000"),
            Map.entry("dfs.client.failover.max.attempts", "4"),
            Map.entry("dfs.client.failover.sleep.max.millis", "2000"),
            Map.entry("dfs.client.retry.max.attempts", "2"));

    /**
     * Who closes a file asks the NameNode again while no DataNode has reported the last block, which takes milliseconds;
     * by default first after 400. As patient in sum: each wait is twice the one before.
     */
    private static final Map<String, String> SOON_CLOSED = Map.of(
            "dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "10",
            "dfs.client.block.write.locateFollowingBlock.retries", "11");

    private final Path directory;
    private final Configuration forClient;
    private final byte[] forCluster;

    private HadoopConfiguration(Path directory, Configuration forClient, byte[] forCluster) {
        this.directory = directory;
        this.forClient = forClient;
        this.forCluster = forCluster;
    }

    /** The directory that the environment names, whatever is there. */
    public static Optional<Path> directory(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE))
                .filter(value -> !value.isBlank())
                .map(text -> Path.of(text).toAbsolutePath().normalize());
    }

    /** Reads the directory that the environment names; {@code overrides} go to the client and the cluster alike. */
    public static HadoopConfiguration load(Map<String, String> environment, Map<String, String> overrides) {
        Path directory = directory(environment)
                .orElseThrow(
                        () -> new RaddleException(
                                new Cause.InvalidInput(
                                        VARIABLE + " is not set, so there is no cluster to talk to.",
                                        "Set it to the directory with the cluster's core-site.xml and yarn-site.xml, or try --master embedded.")));
        List<Path> files =
                FILES.stream().map(directory::resolve).filter(Files::isReadable).toList();
        if (files.isEmpty()) {
            throw new RaddleException(new Cause.InvalidInput(
                    VARIABLE + " names " + directory + ", where no core-site.xml or yarn-site.xml can be read.",
                    "Set it to the directory with the cluster's configuration, or try --master embedded."));
        }
        return of(directory, files, overrides);
    }

    private static HadoopConfiguration of(Path directory, List<Path> files, Map<String, String> overrides) {
        Configuration sites = new Configuration(false);
        add(sites, files, overrides);
        Configuration client = new YarnConfiguration();
        add(client, files, overrides);
        IMPATIENT.forEach(client::set);
        if (SOON_CLOSED.keySet().stream().allMatch(key -> sites.get(key) == null)) {
            SOON_CLOSED.forEach(sites::set);
            SOON_CLOSED.forEach(client::set);
        }
        try {
            ByteArrayOutputStream xml = new ByteArrayOutputStream();
            sites.writeXml(xml);
            UserGroupInformation.setConfiguration(client);
            return new HadoopConfiguration(directory, client, xml.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            "The configuration in " + directory + " cannot be read: " + firstLine(e) + ".",
                            "Mend the XML file, or point " + VARIABLE + " elsewhere."),
                    e);
        }
    }

    private static void add(Configuration configuration, List<Path> files, Map<String, String> overrides) {
        files.forEach(file -> configuration.addResource(new org.apache.hadoop.fs.Path(file.toUri())));
        overrides.forEach(configuration::set);
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    public Path directory() {
        return directory;
    }

    public Configuration forClient() {
        return forClient;
    }

    /** One XML document with what the site files say and nothing of the defaults. */
    public byte[] forCluster() {
        return forCluster.clone();
    }
}
