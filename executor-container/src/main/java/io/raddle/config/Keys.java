package io.raddle.config;

import static io.raddle.config.ConfigKey.bytes;
import static io.raddle.config.ConfigKey.choice;
import static io.raddle.config.ConfigKey.duration;
import static io.raddle.config.ConfigKey.integer;
import static io.raddle.config.ConfigKey.ports;
import static io.raddle.config.ConfigKey.text;

import io.raddle.wire.PortRange;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The registry: every key that there is, at most 40. {@code docs/configuration.md} is made of it. */
public final class Keys {
    static final String PREFIX = "raddle.";

    private static final String ANYTHING = ".*";

    public static final ConfigKey<String> APP_NAME = text(
            "raddle.app.name",
            "",
            ANYTHING,
            "a name",
            "What YARN and the console call the application; by default its main class.");
    public static final ConfigKey<String> MASTER = text(
            "raddle.master",
            "yarn",
            "yarn|embedded|local(\\[(\\*|[1-9]\\d{0,3})])?",
            "yarn, embedded, local, local[N] or local[*]",
            "Where it runs: a YARN cluster, one started for this run, or this process with N slots.");
    public static final ConfigKey<String> DEPLOY_MODE = choice(
            "raddle.deploy.mode",
            "cluster",
            List.of("client", "cluster"),
            "Where the driver runs: cluster, in a container of its own, or client, in the process that submits.");
    public static final ConfigKey<String> QUEUE = text(
            "raddle.queue",
            "default",
            "\\S+",
            "the name of a queue",
            "The YARN queue that the application is submitted to.");

    public static final ConfigKey<Long> EXECUTOR_MEMORY = bytes(
            "raddle.executor.memory",
            "1g",
            "512m",
            "16t",
            "Memory of an executor's whole container, heap and all else together.");
    public static final ConfigKey<Integer> EXECUTOR_CORES = integer(
            "raddle.executor.cores",
            1,
            1,
            1024,
            "Virtual cores of an executor, which is how many tasks it runs at once.");
    public static final ConfigKey<Integer> EXECUTOR_INSTANCES = integer(
            "raddle.executor.instances",
            0,
            0,
            100_000,
            "How many executors the application has from start to end; with 0 their number follows the work.");
    public static final ConfigKey<Integer> EXECUTOR_MIN = integer(
            "raddle.executor.min",
            0,
            0,
            100_000,
            "Least executors to keep where their number follows the work; two are asked for at the start in any case.");
    public static final ConfigKey<Integer> EXECUTOR_MAX = integer(
            "raddle.executor.max", 10_000, 1, 100_000, "Most executors to have where their number follows the work.");
    public static final ConfigKey<Duration> EXECUTOR_IDLE = duration(
            "raddle.executor.idle",
            "60s",
            "1s",
            "7d",
            "How long an executor may be without work before it is given back, where their number follows the work; one with persisted partitions that may be asked for is kept, and one with map outputs where only it can serve them.");
    public static final ConfigKey<Long> DRIVER_MEMORY = bytes(
            "raddle.driver.memory",
            "1g",
            "512m",
            "16t",
            "Memory of the driver's whole container in cluster mode; with local masters and in client mode the heap of the program.");
    public static final ConfigKey<Integer> DRIVER_CORES =
            integer("raddle.driver.cores", 1, 1, 1024, "Virtual cores of the driver's container in cluster mode.");
    public static final ConfigKey<String> JAVA_OPTIONS = text(
            "raddle.java.options",
            "",
            "(?!.*-Xm[xs]).*",
            "JVM options without -Xmx and -Xms, since the memory keys size the heap",
            "JVM options of the driver and of every executor, put after our own; blanks are quoted as in a shell.");

    public static final ConfigKey<String> CACHE_DIR = text(
            "raddle.cache.dir",
            "",
            ANYTHING,
            "a directory",
            "Where the engine is kept between submits; by default .raddle/cache in the home directory of the cluster's file system.");
    public static final ConfigKey<String> CACHE_TRUSTED_OWNER = text(
            "raddle.cache.trusted.owner",
            "",
            "\\S*",
            "a user name",
            "The other user whose cache directory may be used; by default only the submitter's own is.");

    public static final ConfigKey<String> CLASS_DATA = choice(
            "raddle.class.data",
            "make",
            List.of("none", "use", "make"),
            "Whether JVMs start from the archive of the engine's classes beside it, and whether a master whose application ended well makes a missing one, for which it keeps its container for up to a minute.");

    public static final ConfigKey<Integer> DEFAULT_PARALLELISM = integer(
            "raddle.default.parallelism",
            0,
            0,
            1_000_000,
            "Partitions of lists and of shuffles (reduceByKey, join, distinct, sortByKey and so on) where the program names none; 0: lists have one for each executor core, and at least 2, shuffles as many as their largest input.");
    public static final ConfigKey<Integer> TASK_MAX_ATTEMPTS = integer(
            "raddle.task.max.attempts", 4, 1, 100, "How often a task may fail by its own fault before its job does.");
    public static final ConfigKey<Integer> STAGE_MAX_ATTEMPTS = integer(
            "raddle.stage.max.attempts",
            4,
            1,
            100,
            "How often in a row a stage may lose its input before its job fails.");
    public static final ConfigKey<String> SPECULATION = choice(
            "raddle.speculation",
            "off",
            List.of("off", "on"),
            "Whether a task that runs far longer than the others of its stage gets a second attempt on another executor, where a slot is free; the first that ends well, or may publish its output, ends the other. What a task does besides giving records is then done twice.");
    public static final ConfigKey<String> SPECULATION_MULTIPLIER = text(
            "raddle.speculation.multiplier",
            "3",
            "\\d{1,3}(\\.\\d{1,3})?",
            "a number from 0 to 999.999",
            "How many times longer than the median of its stage a task must run for a second attempt, and 100 ms at least.");
    public static final ConfigKey<String> SPECULATION_QUANTILE = text(
            "raddle.speculation.quantile",
            "0.9",
            "0?\\.\\d{1,3}|[01]|1\\.0",
            "a number from 0 to 1",
            "Which share of the tasks of its stage must be done before.");
    public static final ConfigKey<Duration> LOCALITY_WAIT = duration(
            "raddle.locality.wait",
            "3s",
            "0s",
            "1h",
            "How long a task waits for a slot near its data before it takes one farther off.");
    public static final ConfigKey<Long> TEXT_SPLIT_MIN = bytes(
            "raddle.text.split.min",
            "1b",
            "1b",
            "16g",
            "Least bytes of a text file that one task reads, also where that makes fewer partitions than asked for.");
    public static final ConfigKey<Long> TEXT_SPLIT_MAX = bytes(
            "raddle.text.split.max",
            "128m",
            "64k",
            "16g",
            "Most bytes of a text file that one task reads; it counts where it is less than the least.");
    public static final ConfigKey<Long> RESULT_MAX = bytes(
            "raddle.result.max", "1g", "1m", "1t", "Most bytes that the results of one job may take in the driver.");
    public static final ConfigKey<Long> ARTIFACTS_MAX = bytes(
            "raddle.artifacts.max",
            "4g",
            "64m",
            "1t",
            "Most bytes on the driver's disk of plans, collections, broadcasts and tables of map outputs, and as many of results that wait.");
    public static final ConfigKey<Long> ACCUMULATOR_MAX = bytes(
            "raddle.accumulator.max",
            "1m",
            "1k",
            "4m",
            "Most bytes that one task may add to all its accumulators together.");

    public static final ConfigKey<String> SHUFFLE_CODEC = choice(
            "raddle.shuffle.codec",
            "lz4",
            List.of("none", "lz4", "zstd"),
            "How map outputs are compressed; what is spilled for the reading side always is by lz4.");
    public static final ConfigKey<Long> SHUFFLE_IN_FLIGHT = bytes(
            "raddle.shuffle.in.flight",
            "0b",
            "0b",
            "2g",
            "Most bytes of map output that an executor has asked others for and not yet read; 0 is an eighth of its memory for records, from 8m to 64m.");

    public static final ConfigKey<Duration> DRIVER_LEASE = duration(
            "raddle.driver.lease",
            "60s",
            "5s",
            "1d",
            "How long executors go on without a driver before the application ends as failed.");
    public static final ConfigKey<Duration> HEARTBEAT_INTERVAL = duration(
            "raddle.heartbeat.interval",
            "3s",
            "100ms",
            "1m",
            "How often an executor says that it lives; it is taken for dead after ten of them.");
    public static final ConfigKey<Duration> LAUNCH_DEADLINE = duration(
            "raddle.launch.deadline",
            "2m",
            "5s",
            "1h",
            "How long a granted container may take until its executor attaches.");
    public static final ConfigKey<PortRange> PORT_RANGE = ports(
            "raddle.port.range",
            "Ports that drivers, application masters and executors listen on; by default any that is free.");

    public static final ConfigKey<Integer> YARN_MAX_ATTEMPTS = integer(
            "raddle.yarn.max.attempts", 0, 0, 100, "How often YARN may start the application master; 0 is once.");
    public static final ConfigKey<Duration> YARN_ALLOCATE_INTERVAL = duration(
            "raddle.yarn.allocate.interval",
            "1s",
            "20ms",
            "1m",
            "How often the application master calls the ResourceManager when nothing is urgent.");
    public static final ConfigKey<Duration> WAIT_REPORT_INTERVAL = duration(
            "raddle.wait.report.interval",
            "10s",
            "1s",
            "1h",
            "How often the console says why the application still waits for the cluster.");

    /** All of them, in the order of the documentation. */
    static final List<ConfigKey<?>> ALL = List.of(
            APP_NAME,
            MASTER,
            DEPLOY_MODE,
            QUEUE,
            EXECUTOR_MEMORY,
            EXECUTOR_CORES,
            EXECUTOR_INSTANCES,
            EXECUTOR_MIN,
            EXECUTOR_MAX,
            EXECUTOR_IDLE,
            DRIVER_MEMORY,
            DRIVER_CORES,
            JAVA_OPTIONS,
            CACHE_DIR,
            CACHE_TRUSTED_OWNER,
            CLASS_DATA,
            DEFAULT_PARALLELISM,
            TASK_MAX_ATTEMPTS,
            STAGE_MAX_ATTEMPTS,
            SPECULATION,
            SPECULATION_MULTIPLIER,
            SPECULATION_QUANTILE,
            LOCALITY_WAIT,
            TEXT_SPLIT_MIN,
            TEXT_SPLIT_MAX,
            RESULT_MAX,
            ARTIFACTS_MAX,
            ACCUMULATOR_MAX,
            SHUFFLE_CODEC,
            SHUFFLE_IN_FLIGHT,
            DRIVER_LEASE,
            HEARTBEAT_INTERVAL,
            LAUNCH_DEADLINE,
            PORT_RANGE,
            YARN_MAX_ATTEMPTS,
            YARN_ALLOCATE_INTERVAL,
            WAIT_REPORT_INTERVAL);

    static final Map<String, ConfigKey<?>> BY_NAME = byName();

    private Keys() {}

    private static Map<String, ConfigKey<?>> byName() {
        Map<String, ConfigKey<?>> keys = new LinkedHashMap<>();
        ALL.forEach(key -> keys.put(key.name(), key));
        return Collections.unmodifiableMap(keys);
    }
}
