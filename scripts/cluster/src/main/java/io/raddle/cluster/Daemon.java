package io.raddle.cluster;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * One process of the cluster to start.
 *
 * @param name of its pid and log files
 * @param mainClass that runs it, with {@code arguments}
 * @param nodeManager number of the NodeManager that it is, or 0
 * @param heapMb of its JVM
 */
record Daemon(String name, String mainClass, List<String> arguments, int nodeManager, int heapMb) {
    private static final String HDFS = "org.apache.hadoop.hdfs.server.";
    private static final String YARN = "org.apache.hadoop.yarn.server.";

    static String nodeManagerName(int number) {
        return "nodemanager-" + number;
    }

    static List<Daemon> roster(Options options) {
        if (options.mini()) {
            List<String> count = List.of(Integer.toString(options.nodeManagers()));
            return List.of(new Daemon("mini", AllDaemons.class.getName(), count, 0, 1024));
        }
        return apart(options.nodeManagers());
    }

    /** Each by itself, in the order in which people think of them. */
    static List<Daemon> apart(int nodeManagers) {
        List<Daemon> daemons = new ArrayList<>();
        daemons.add(new Daemon("namenode", FormattedNameNode.class.getName(), List.of(), 0, 384));
        daemons.add(new Daemon("datanode", HDFS + "datanode.DataNode", List.of(), 0, 384));
        daemons.add(new Daemon("resourcemanager", YARN + "resourcemanager.ResourceManager", List.of(), 0, 512));
        for (int number = 1; number <= nodeManagers; number++) {
            daemons.add(new Daemon(nodeManagerName(number), YARN + "nodemanager.NodeManager", List.of(), number, 384));
        }
        return daemons;
    }

    /** Its configuration directories; the first that has a file wins. */
    String confPath(Layout layout) {
        String conf = layout.conf().toString();
        return nodeManager == 0 ? conf : layout.nodeManagerConf(nodeManager) + File.pathSeparator + conf;
    }
}
