package io.raddle.yarn.launch;

import io.raddle.executor.ExitCode;
import io.raddle.fault.Cause;
import io.raddle.id.NodeId;
import io.raddle.memory.ContainerMemory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.yarn.api.records.ContainerExitStatus;

/** Turns the exit status and the diagnostics of a container into a typed cause. Pure. */
public final class ExitCauses {
    private static final Pattern BEYOND_LIMIT =
            Pattern.compile("running (\\d+)B beyond the '(?:PHYSICAL|VIRTUAL)' memory limit");
    private static final Pattern USAGE = Pattern.compile("Current usage: ([0-9.]+) ?([KMGT]?)B of "
            + "[0-9.]+ ?[KMGT]?B physical memory used; ([0-9.]+) ?([KMGT]?)B of ([0-9.]+) ?([KMGT]?)B virtual");
    private static final Pattern FULL_AREA = Pattern.compile("OutOfMemoryError: ([^\\r\\n]+)");
    private static final Pattern CLASS_VERSION = Pattern.compile(
            "UnsupportedClassVersionError.*?class file version (\\d+).*?class file versions up to (\\d+)",
            Pattern.DOTALL);
    private static final Pattern UNKNOWN_OPTION =
            Pattern.compile("Unrecognized (?:VM )?option:? '?([^\\s']+)|VM option '([^']+)' is diagnostic");

    /** Class file versions count from Java 1.0's 45, and Java 5 and later have their number plus 44. */
    private static final int FIRST_CLASS_FILE_VERSION = 44;

    private static final int COMMAND_NOT_FOUND = 127;
    private static final int COMMAND_NOT_EXECUTABLE = 126;
    private static final int KILLED = 137;
    private static final int TERMINATED = 143;
    private static final int DETAIL_CHARACTERS = 600;

    private ExitCauses() {}

    /**
     * Why a container ended.
     *
     * @param status what {@code ContainerStatus.getExitStatus} says
     * @param diagnostics what the NodeManager wrote, the tail of the process's stderr included
     * @param grantedBytes memory of the container
     */
    public static Cause of(int status, String diagnostics, NodeId node, long grantedBytes) {
        String name = node.toString();
        return switch (status) {
            case ContainerExitStatus.ABORTED -> aborted(diagnostics, name);
            case ContainerExitStatus.DISKS_FAILED -> new Cause.DisksFailed(name);
            case ContainerExitStatus.PREEMPTED -> new Cause.Preempted(name);
            case ContainerExitStatus.KILLED_EXCEEDED_PMEM ->
                new Cause.KilledForMemory(grantedBytes, physicalBytes(diagnostics, grantedBytes));
            case ContainerExitStatus.KILLED_EXCEEDED_VMEM ->
                new Cause.ExecutorExited(name, status, virtualMemory(diagnostics));
            case ContainerExitStatus.KILLED_BY_APPMASTER ->
                new Cause.ExecutorExited(name, status, "the application master gave it back.");
            case ContainerExitStatus.KILLED_BY_RESOURCEMANAGER ->
                new Cause.ExecutorExited(name, status, "the ResourceManager ended it. " + shortened(diagnostics));
            case ContainerExitStatus.KILLED_AFTER_APP_COMPLETION ->
                new Cause.ExecutorExited(name, status, "the application was over.");
            case ContainerExitStatus.KILLED_BY_CONTAINER_SCHEDULER -> new Cause.Preempted(name);
            case ContainerExitStatus.KILLED_FOR_EXCESS_LOGS ->
                new Cause.ExecutorExited(
                        name, status, "it wrote more logs than the NodeManager allows; log less in user code.");
            case ContainerExitStatus.INVALID -> new Cause.LaunchFailed(name, shortened(diagnostics));
            default -> ofProcess(status, diagnostics, name, grantedBytes);
        };
    }

    private static Cause ofProcess(int status, String diagnostics, String node, long grantedBytes) {
        return switch (status) {
            case 0 -> new Cause.ExecutorExited(node, 0, "");
            case KILLED ->
                new Cause.ExecutorExited(
                        node,
                        status,
                        "it was killed by signal 9, by a person or by the kernel of a node short of memory.");
            case TERMINATED -> new Cause.ExecutorExited(node, status, "it was asked to end by signal 15.");
            case COMMAND_NOT_FOUND, COMMAND_NOT_EXECUTABLE ->
                new Cause.ClusterRefused(
                        "Node " + node + " has no Java where the container looked for it.",
                        "Set JAVA_HOME for the NodeManager of that node to a JDK 17 or newer, or send one along with --ship-jdk.");
            case 1 -> ofJvm(diagnostics, node);
            case ExitCode.OUT_OF_MEMORY -> new Cause.OutOfMemory(fullArea(diagnostics), heapBytes(grantedBytes));
            case ExitCode.LEASE_OVER ->
                new Cause.ExecutorExited(node, status, "no endpoint answered it until its lease was over.");
            case ExitCode.REFUSED ->
                new Cause.ExecutorExited(
                        node, status, "the endpoint refused it, for its secret or for the version of its engine.");
            default -> exited(status, diagnostics, node);
        };
    }

    private static String fullArea(String diagnostics) {
        Matcher area = FULL_AREA.matcher(diagnostics);
        return area.find() ? area.group(1).strip() : "Java heap space or another area";
    }

    private static long heapBytes(long grantedBytes) {
        return ContainerMemory.of(grantedBytes).heapBytes();
    }

    private static Cause ofJvm(String diagnostics, String node) {
        Matcher version = CLASS_VERSION.matcher(diagnostics);
        if (version.find()) {
            return javaTooOld(node, javaOf(version.group(2)), javaOf(version.group(1)));
        }
        Matcher option = UNKNOWN_OPTION.matcher(diagnostics);
        if (option.find()) {
            String unknown = option.group(1) != null ? option.group(1) : option.group(2);
            return new Cause.ClusterRefused(
                    "The Java of node " + node + " does not know the option " + unknown + ".",
                    "Raddle needs Java 17 there: send one along with --ship-jdk; or mend --java-options when the option stands there.");
        }
        return exited(1, diagnostics, node);
    }

    private static Cause exited(int status, String diagnostics, String node) {
        return new Cause.ExecutorExited(node, status, shortened(diagnostics));
    }

    private static Cause javaTooOld(String node, int has, int needs) {
        return new Cause.ClusterRefused(
                "Node " + node + " runs Java " + has + ", and Raddle needs Java " + needs + " or newer.",
                "Send a JDK along with --ship-jdk ARCHIVE, or ask the administrator for Java " + needs
                        + " on the nodes.");
    }

    private static int javaOf(String classFileVersion) {
        return Integer.parseInt(classFileVersion) - FIRST_CLASS_FILE_VERSION;
    }

    private static Cause aborted(String diagnostics, String node) {
        return diagnostics.contains("lost")
                ? new Cause.NodeLost(node)
                : new Cause.ExecutorExited(
                        node, ContainerExitStatus.ABORTED, "the container was given back before it ended.");
    }

    private static long physicalBytes(String diagnostics, long grantedBytes) {
        Matcher beyond = BEYOND_LIMIT.matcher(diagnostics);
        if (beyond.find()) {
            return grantedBytes + Long.parseLong(beyond.group(1));
        }
        Matcher usage = USAGE.matcher(diagnostics);
        return usage.find() ? bytes(usage.group(1), usage.group(2)) : 0;
    }

    private static String virtualMemory(String diagnostics) {
        Matcher usage = USAGE.matcher(diagnostics);
        String figures = usage.find()
                ? " (" + usage.group(3) + " " + usage.group(4) + "B of " + usage.group(5) + " " + usage.group(6) + "B)"
                : "";
        return "YARN killed it over its virtual memory" + figures
                + ", which says nothing about what a JVM uses; ask the administrator to set"
                + " yarn.nodemanager.vmem-check-enabled to false.";
    }

    private static long bytes(String number, String unit) {
        long factor = switch (unit) {
            case "K" -> 1L << 10;
            case "M" -> 1L << 20;
            case "G" -> 1L << 30;
            case "T" -> 1L << 40;
            default -> 1;
        };
        return (long) (Double.parseDouble(number) * factor);
    }

    /** The last lines say what happened; what stands before them is YARN's own stack. */
    private static String shortened(String diagnostics) {
        String text = diagnostics.strip();
        int stderr = text.lastIndexOf("Last 4096 bytes of stderr");
        if (stderr >= 0) {
            text = text.substring(text.indexOf('\n', stderr) + 1).strip();
        }
        return text.length() <= DETAIL_CHARACTERS ? text : "…" + text.substring(text.length() - DETAIL_CHARACTERS);
    }
}
