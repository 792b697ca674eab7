package io.raddle.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The command line of {@code scripts/local-cluster}, checked.
 *
 * @param daemon the one to kill or to revive; empty for other verbs
 */
record Options(
        Verb verb,
        String daemon,
        Path directory,
        boolean mini,
        int nodeManagers,
        int memoryMb,
        int cores,
        long supervisePid,
        boolean deleteData,
        Map<String, String> conf) {
    static final String USAGE = """
        Usage: local-cluster start|stop|status [options]
               local-cluster kill|revive DAEMON [--dir DIR]
          --dir DIR              where it lives (default $RADDLE_CLUSTER_DIR or ~/.raddle/local-cluster)
        start:
          --mini                 all daemons in one background process (default)
          --processes            NameNode, DataNode, ResourceManager and each NodeManager in its own process
          --node-managers N      (default 2)
          --memory MB            that each NodeManager offers (default 8192)
          --cores N              that each NodeManager offers (default 8)
          --conf KEY=VALUE       any Hadoop property; may be repeated
          --hadoop-version V     (default 3.5.0; 3.4.3 and 3.3.6 are known to work)
          --supervise-pid PID    stop by itself when that process is gone
          --delete-data          with --supervise-pid: then also remove DIR with all that HDFS holds
        stop:
          --delete-data          also remove DIR with all that HDFS holds
        kill:                    ends one daemon of a cluster of --processes at once, as it is named by status
        revive:                  starts it again with what its disks hold
        `start` prints the directory for HADOOP_CONF_DIR as its last line.\
        """;

    enum Verb {
        START,
        STOP,
        STATUS,
        KILL,
        REVIVE,
        HELP;

        boolean takesDaemon() {
            return this == KILL || this == REVIVE;
        }
    }

    static Options parse(List<String> arguments, Map<String, String> environment) {
        if (arguments.isEmpty()) {
            throw ClusterException.usage("Say start, stop, status, kill or revive.\n" + USAGE);
        }
        Builder builder = new Builder(verb(arguments.get(0)), defaultDirectory(environment));
        Iterator<String> rest = arguments.subList(1, arguments.size()).iterator();
        while (rest.hasNext()) {
            builder.accept(rest.next(), rest);
        }
        return builder.build();
    }

    private static Verb verb(String word) {
        for (Verb verb : Verb.values()) {
            if (verb.name().equalsIgnoreCase(word)) {
                return verb;
            }
        }
        throw ClusterException.usage("Unknown command " + word + ": say start, stop, status, kill or revive.");
    }

    private static Path defaultDirectory(Map<String, String> environment) {
        String named = environment.get("RADDLE_CLUSTER_DIR");
        return named == null || named.isBlank()
                ? Path.of(System.getProperty("user.home"), ".raddle", "local-cluster")
                : Path.of(named);
    }

    private static final class Builder {
        private final Verb verb;
        private final Map<String, String> conf = new LinkedHashMap<>();
        private final List<String> onlyForStart = new ArrayList<>();
        private Path directory;
        private String daemon = "";
        private boolean mini = true;
        private int nodeManagers = 2;
        private int memoryMb = 8192;
        private int cores = 8;
        private long supervisePid;
        private boolean deleteData;

        Builder(Verb verb, Path directory) {
            this.verb = verb;
            this.directory = directory;
        }

        void accept(String option, Iterator<String> rest) {
            switch (option) {
                case "--dir" -> directory = Path.of(value(option, rest));
                case "--delete-data" -> deleteData = true;
                default -> {
                    if (verb.takesDaemon() && daemon.isEmpty() && !option.startsWith("-")) {
                        daemon = option;
                    } else {
                        onlyForStart.add(option);
                        acceptForStart(option, rest);
                    }
                }
            }
        }

        private void acceptForStart(String option, Iterator<String> rest) {
            switch (option) {
                case "--mini" -> mini = true;
                case "--processes" -> mini = false;
                case "--node-managers" -> nodeManagers = number(option, rest, 1, 32);
                case "--memory" -> memoryMb = number(option, rest, 512, 1 << 20);
                case "--cores" -> cores = number(option, rest, 1, 1024);
                case "--supervise-pid" -> supervisePid = livePid(number(option, rest, 1, Integer.MAX_VALUE));
                case "--conf" -> addConf(value(option, rest));
                default -> throw ClusterException.usage("Unknown option " + option + ".\n" + USAGE);
            }
        }

        private void addConf(String pair) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw ClusterException.usage("--conf needs KEY=VALUE, not " + pair + ".");
            }
            conf.put(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip());
        }

        private static long livePid(long pid) {
            if (ProcessHandle.of(pid).isEmpty()) {
                throw ClusterException.usage("--supervise-pid: there is no process " + pid + ".");
            }
            return pid;
        }

        private static String value(String option, Iterator<String> rest) {
            if (!rest.hasNext()) {
                throw ClusterException.usage(option + " needs a value.");
            }
            return rest.next();
        }

        private static int number(String option, Iterator<String> rest, int least, int most) {
            String text = value(option, rest);
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // said below, like a number out of range
            }
            throw ClusterException.usage(
                    option + " needs a number from " + least + " to " + most + ", not " + text + ".");
        }

        Options build() {
            if (verb != Verb.START && !onlyForStart.isEmpty()) {
                throw ClusterException.usage(onlyForStart.get(0) + " belongs to start.");
            }
            if (verb.takesDaemon() && daemon.isEmpty()) {
                throw ClusterException.usage(
                        verb.name().toLowerCase(Locale.ROOT) + " needs the name of a daemon, as status tells them.");
            }
            if (verb != Verb.STOP && deleteData && supervisePid == 0) {
                throw ClusterException.usage("--delete-data belongs to stop, or to start with --supervise-pid.");
            }
            return new Options(
                    verb,
                    daemon,
                    directory.toAbsolutePath().normalize(),
                    mini,
                    nodeManagers,
                    memoryMb,
                    cores,
                    supervisePid,
                    deleteData,
                    conf);
        }
    }
}
