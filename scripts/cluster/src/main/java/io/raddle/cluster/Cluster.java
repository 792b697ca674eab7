package io.raddle.cluster;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.List;
import java.util.Map.Entry;
import java.util.Properties;

/** A cluster that has been started in a directory, as its state file tells. */
final class Cluster {
    private final Layout layout;
    private final Properties state;

    private Cluster(Layout layout, Properties state) {
        this.layout = layout;
        this.state = state;
    }

    static boolean exists(Layout layout) {
        return Files.exists(layout.state());
    }

    static Cluster read(Layout layout) throws IOException {
        Properties state = new Properties();
        try (Reader reader = Files.newBufferedReader(layout.state())) {
            state.load(reader);
        }
        return new Cluster(layout, state);
    }

    String web(String daemon) {
        return state.getProperty("web." + daemon);
    }

    boolean isMini() {
        return state.getProperty("mode").equals("mini");
    }

    /** The process with which all ends, 0 for none, and whether what HDFS holds is deleted then. */
    long supervisePid() {
        return Long.parseLong(state.getProperty("supervise-pid"));
    }

    boolean deleteData() {
        return Boolean.parseBoolean(state.getProperty("delete-data"));
    }

    int nodeManagers() {
        return Integer.parseInt(state.getProperty("node-managers"));
    }

    List<String> daemonNames() {
        return Daemon.apart(nodeManagers()).stream().map(Daemon::name).toList();
    }

    /** The process in which a daemon lives. */
    String processOf(String daemon) {
        return isMini() ? "mini" : daemon;
    }

    List<String> dead() throws IOException {
        return new Processes(layout)
                .daemons().entrySet().stream()
                        .filter(daemon -> daemon.getValue().isEmpty())
                        .map(Entry::getKey)
                        .toList();
    }
}
