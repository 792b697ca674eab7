package io.raddle.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;

/**
 * The configuration of a cluster, for daemons and clients alike. It keeps Hadoop's defaults except where a comment
 * says why; {@code --conf} has the last word.
 */
final class Settings {
    private final Layout layout;
    private final Options options;
    private final Ports ports;

    Settings(Layout layout, Options options, Ports ports) {
        this.layout = layout;
        this.options = options;
        this.ports = ports;
    }

    void write() throws IOException {
        Map<String, Map<String, String>> sites = sites();
        for (Entry<String, String> property : options.conf().entrySet()) {
            sites.get(siteOf(property.getKey())).put(property.getKey(), property.getValue());
        }
        for (Entry<String, Map<String, String>> site : sites.entrySet()) {
            writeSite(layout.conf().resolve(site.getKey()), site.getValue());
        }
        Files.writeString(layout.logging(), LOG4J);
        for (int number = 1; number <= options.nodeManagers(); number++) {
            Map<String, String> own = new TreeMap<>(sites.get("yarn-site.xml"));
            own.putAll(nodeManager(number));
            Files.createDirectories(layout.nodeManagerConf(number));
            writeSite(layout.nodeManagerConf(number).resolve("yarn-site.xml"), own);
            Map<String, String> mapred = new TreeMap<>(sites.get("mapred-site.xml"));
            mapred.putIfAbsent("mapreduce.shuffle.port", shufflePort(number));
            writeSite(layout.nodeManagerConf(number).resolve("mapred-site.xml"), mapred);
        }
        ports.save();
    }

    private Map<String, Map<String, String>> sites() {
        Map<String, Map<String, String>> sites = new TreeMap<>();
        sites.put("core-site.xml", core());
        sites.put("hdfs-site.xml", hdfs());
        sites.put("yarn-site.xml", yarn());
        sites.put("mapred-site.xml", mapred());
        sites.put("capacity-scheduler.xml", queues());
        return sites;
    }

    private static String siteOf(String key) {
        if (key.startsWith("yarn.scheduler.capacity.")) {
            return "capacity-scheduler.xml";
        }
        if (key.startsWith("dfs.")) {
            return "hdfs-site.xml";
        }
        if (key.startsWith("yarn.")) {
            return "yarn-site.xml";
        }
        return key.startsWith("mapreduce.") ? "mapred-site.xml" : "core-site.xml";
    }

    private Map<String, String> core() {
        Map<String, String> core = new TreeMap<>();
        core.put("fs.defaultFS", "hdfs://" + ports.address("namenode"));
        return core;
    }

    private Map<String, String> hdfs() {
        Map<String, String> hdfs = new TreeMap<>();
        hdfs.put("dfs.namenode.http-address", ports.address("namenode.web"));
        hdfs.put("dfs.namenode.name.dir", layout.hdfs("namenode").toUri().toString());
        hdfs.put("dfs.datanode.data.dir", layout.hdfs("datanode").toUri().toString());
        hdfs.put("dfs.datanode.address", ports.address("datanode"));
        hdfs.put("dfs.datanode.http.address", ports.address("datanode.web"));
        hdfs.put("dfs.datanode.ipc.address", ports.address("datanode.ipc"));
        // Block locations must name the host as the NodeManagers do, or nothing is ever node-local.
        hdfs.put("dfs.datanode.hostname", "localhost");
        hdfs.put("dfs.replication", "1");
        // There is one DataNode: nothing to wait for once it has reported.
        hdfs.put("dfs.namenode.safemode.extension", "0");
        // Tests make small files of many blocks.
        hdfs.put("dfs.namenode.fs-limits.min-block-size", "4096");
        return hdfs;
    }

    private Map<String, String> yarn() {
        Map<String, String> yarn = new TreeMap<>();
        yarn.put("yarn.resourcemanager.hostname", "localhost");
        yarn.put("yarn.resourcemanager.address", ports.address("resourcemanager"));
        yarn.put("yarn.resourcemanager.admin.address", ports.address("resourcemanager.admin"));
        yarn.put("yarn.resourcemanager.scheduler.address", ports.address("resourcemanager.scheduler"));
        yarn.put("yarn.resourcemanager.resource-tracker.address", ports.address("resourcemanager.tracker"));
        yarn.put("yarn.resourcemanager.webapp.address", ports.address("resourcemanager.web"));
        yarn.put(
                "yarn.resourcemanager.scheduler.class",
                "org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CapacityScheduler");
        // The default step of 1024 MB would round small test containers up to it.
        yarn.put("yarn.scheduler.minimum-allocation-mb", "128");
        yarn.put("yarn.scheduler.maximum-allocation-mb", "4096");
        yarn.put("yarn.scheduler.maximum-allocation-vcores", "4");
        // More than the machine may have: nodes that share one machine are for behaviour, not for capacity.
        yarn.put("yarn.nodemanager.resource.memory-mb", Integer.toString(options.memoryMb()));
        yarn.put("yarn.nodemanager.resource.cpu-vcores", Integer.toString(options.cores()));
        yarn.put("yarn.nodemanager.aux-services", "mapreduce_shuffle");
        yarn.put("yarn.nodemanager.aux-services.mapreduce_shuffle.class", "org.apache.hadoop.mapred.ShuffleHandler");
        // A container that outgrows its memory dies within a second; virtual memory says nothing about a JVM.
        yarn.put("yarn.nodemanager.pmem-check-enabled", "true");
        // By default a node leaves the killing to cgroups, even where it has none.
        yarn.put("yarn.nodemanager.resource.memory.enforced", "false");
        yarn.put("yarn.nodemanager.vmem-check-enabled", "false");
        yarn.put("yarn.nodemanager.container-monitor.interval-ms", "500");
        // A developer's disk is often more than 90 % full, at which a node turns unhealthy.
        yarn.put("yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "99.5");
        // Not in /tmp, where all clusters of a user would share it.
        yarn.put(
                "yarn.node-attribute.fs-store.root-dir",
                layout.data().resolve("node-attributes").toUri().toString());
        return yarn;
    }

    /** What differs from one NodeManager to the next. */
    private Map<String, String> nodeManager(int number) {
        String name = Daemon.nodeManagerName(number);
        return Map.of(
                "yarn.nodemanager.address",
                ports.address(name),
                "yarn.nodemanager.localizer.address",
                ports.address(name + ".localizer"),
                "yarn.nodemanager.webapp.address",
                ports.address(name + ".web"),
                "yarn.nodemanager.local-dirs",
                layout.nodeManager(number).resolve("local").toString(),
                "yarn.nodemanager.log-dirs",
                layout.containerLogs(number).toString(),
                "yarn.nodemanager.recovery.dir",
                layout.nodeManager(number).resolve("recovery").toString());
    }

    private static Map<String, String> mapred() {
        return new TreeMap<>(Map.of("mapreduce.framework.name", "yarn"));
    }

    /** Several shuffle services share this host, and readers find one that starts again only where it was. */
    private String shufflePort(int number) {
        String address = ports.address(Daemon.nodeManagerName(number) + ".shuffle");
        return address.substring(address.indexOf(':') + 1);
    }

    private static Map<String, String> queues() {
        Map<String, String> queues = new TreeMap<>();
        queues.put("yarn.scheduler.capacity.root.queues", "default,alpha,small,stopped");
        queues.put(
                "yarn.scheduler.capacity.resource-calculator",
                "org.apache.hadoop.yarn.util.resource.DominantResourceCalculator");
        // Many small applications at once would otherwise wait for the share of application masters.
        queues.put("yarn.scheduler.capacity.maximum-am-resource-percent", "0.8");
        queue(queues, "default", 60, 100);
        queue(queues, "alpha", 30, 100);
        // Full after a container or two, and after one application master: for those who test waiting.
        queue(queues, "small", 10, 10);
        queues.put("yarn.scheduler.capacity.root.small.maximum-am-resource-percent", "0.1");
        queue(queues, "stopped", 0, 100);
        queues.put("yarn.scheduler.capacity.root.stopped.state", "STOPPED");
        return queues;
    }

    private static void queue(Map<String, String> queues, String name, int percent, int mostPercent) {
        String prefix = "yarn.scheduler.capacity.root." + name + ".";
        queues.put(prefix + "capacity", Integer.toString(percent));
        queues.put(prefix + "maximum-capacity", Integer.toString(mostPercent));
        // One user may take the whole queue, beyond its guaranteed share.
        queues.put(prefix + "user-limit-factor", "100");
        queues.put(prefix + "state", "RUNNING");
    }

    private static void writeSite(Path file, Map<String, String> properties) throws IOException {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<configuration>\n");
        for (Entry<String, String> property : properties.entrySet()) {
            xml.append("  <property><name>")
                    .append(escape(property.getKey()))
                    .append("</name><value>")
                    .append(escape(property.getValue()))
                    .append("</value></property>\n");
        }
        Files.writeString(file, xml.append("</configuration>\n"));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static final String LOG4J = """
        log4j.rootLogger=INFO, out
        log4j.appender.out=org.apache.log4j.ConsoleAppender
        log4j.appender.out.layout=org.apache.log4j.PatternLayout
        log4j.appender.out.layout.ConversionPattern=%d{ISO8601} %-5p [%t] %c{2}: %m%n
        """;
}
