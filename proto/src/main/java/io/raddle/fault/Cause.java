package io.raddle.fault;

import java.util.List;
import java.util.Locale;

/**
 * Why something ended other than well: made where the fact is known, carried unchanged to console, YARN diagnostics and
 * exit code. Policy reads the type, never the text.
 */
public sealed interface Cause {
    /** One sentence of what happened, without a trailing line break. */
    String happened();

    /** One sentence of what to do about it. */
    String remedy();

    /** Whether a task that ends so has itself to blame: only then does the end count against its attempts. */
    default boolean taskFault() {
        return false;
    }

    /** Both sentences, as consoles and YARN diagnostics show them. */
    default String sentences() {
        return happened().endsWith("\n") ? happened() + remedy() : happened() + " " + remedy();
    }

    /** The stack of the exception that is at the root, as text; empty where there is none. */
    default String stack() {
        return "";
    }

    /** A function of the user threw. {@code stack} is text, at most 16 KiB. */
    record UserException(String className, String message, String stack) implements Cause {
        @Override
        public String happened() {
            return sentence(
                    message.isEmpty()
                            ? "User code threw " + className + "."
                            : "User code threw " + className + ": " + message);
        }

        @Override
        public String remedy() {
            return "Mend the code where the stack points; the record that it failed on is usually in the message.";
        }

        @Override
        public boolean taskFault() {
            return true;
        }
    }

    /** User code called {@code System.exit} or {@code Runtime.halt}. */
    record UserExit(int code) implements Cause {
        @Override
        public String happened() {
            return "User code called System.exit(" + code + ").";
        }

        @Override
        public String remedy() {
            return code == 0
                    ? "Return from main instead when the program is done."
                    : "Look at the program's own output for why it chose this exit code.";
        }

        @Override
        public boolean taskFault() {
            return true;
        }
    }

    /** Heap, metaspace or direct memory of a process was full; {@code area} is the JVM's word for it. */
    record OutOfMemory(String area, long limitBytes) implements Cause {
        @Override
        public String happened() {
            return "The process ran out of memory (" + area + ", limit " + mebibytes(limitBytes) + " MiB).";
        }

        @Override
        public String remedy() {
            return "Give it more with --executor-memory (--driver-memory for the driver), use more partitions, or hold less in user code.";
        }

        @Override
        public boolean taskFault() {
            return true;
        }
    }

    /** YARN killed the container over its memory; {@code usedBytes} is 0 when the NodeManager did not say. */
    record KilledForMemory(long limitBytes, long usedBytes) implements Cause {
        @Override
        public String happened() {
            String used = usedBytes == 0 ? "more" : mebibytes(usedBytes) + " MiB";
            return "YARN killed the container because it used " + used + " where " + mebibytes(limitBytes)
                    + " MiB were granted.";
        }

        @Override
        public String remedy() {
            return "Give it more with --executor-memory (--driver-memory for the driver), or use less memory outside the heap in user code.";
        }

        @Override
        public boolean taskFault() {
            return true;
        }
    }

    /** A NodeManager is gone with all its containers. */
    record NodeLost(String node) implements Cause {
        @Override
        public String happened() {
            return "The node " + node + " was lost.";
        }

        @Override
        public String remedy() {
            return "Nothing to do when the job goes on; else ask the cluster's administrator about this node.";
        }
    }

    /** The local disks of a node failed. */
    record DisksFailed(String node) implements Cause {
        @Override
        public String happened() {
            return "The local disks of node " + node + " failed or are full.";
        }

        @Override
        public String remedy() {
            return "Free space in the NodeManager's local directories or ask the cluster's administrator.";
        }
    }

    /** YARN took the container back for another queue or application. */
    record Preempted(String node) implements Cause {
        @Override
        public String happened() {
            return "YARN preempted a container on " + node + ".";
        }

        @Override
        public String remedy() {
            return "Nothing to do: its work runs again elsewhere. A queue with more guaranteed capacity is preempted less.";
        }
    }

    /** Map outputs could not be read from any source that holds them. */
    record FetchFailed(int shuffle, int shuffleEpoch, List<Integer> maps, String node, String detail) implements Cause {
        public FetchFailed {
            maps = List.copyOf(maps);
        }

        @Override
        public String happened() {
            return sentence(maps.size() + " map outputs of shuffle " + shuffle + " on " + node + " could not be read: "
                    + detail);
        }

        @Override
        public String remedy() {
            return "They are computed again; if it goes on, look at the disks and the network of that node.";
        }
    }

    /** A container was granted but no executor came out of it. */
    record LaunchFailed(String node, String detail) implements Cause {
        @Override
        public String happened() {
            return sentence("A container on " + node + " did not start: " + detail);
        }

        @Override
        public String remedy() {
            return "Read the container's log (yarn-submit --logs APP); a node with another Java or a full disk is the usual reason.";
        }
    }

    /** An executor process ended by itself. */
    record ExecutorExited(String node, int exitCode, String detail) implements Cause {
        @Override
        public String happened() {
            return sentence("An executor on " + node + " ended with exit code " + exitCode
                    + (detail.isEmpty() ? "." : ": " + detail));
        }

        @Override
        public String remedy() {
            return "Its work runs again elsewhere; read its log with yarn-submit --logs APP if it happens again.";
        }

        /** The same of a process that never attached: it did not end as an executor, it did not become one. */
        public LaunchFailed beforeItAttached() {
            return new LaunchFailed(node, "exit code " + exitCode + "." + (detail.isEmpty() ? "" : " " + detail));
        }
    }

    /** A process that runs could not be reached; {@code address} is host:port. */
    record Unreachable(String address, String detail) implements Cause {
        @Override
        public String happened() {
            return sentence(address + " could not be reached: " + detail);
        }

        @Override
        public String remedy() {
            return "Check that this host name resolves here and that no firewall stands between; raddle.port.range pins the ports that we listen on.";
        }
    }

    /** The driver is gone and its lease is over. */
    record DriverLost(String detail) implements Cause {
        @Override
        public String happened() {
            return sentence("The driver was lost: " + detail);
        }

        @Override
        public String remedy() {
            return "Submit again; read the driver's log with yarn-submit --logs APP.";
        }
    }

    /** Another attempt of the same task publishes the output. */
    record CommitDenied(String detail) implements Cause {
        @Override
        public String happened() {
            return sentence("The attempt may not publish its output: " + detail);
        }

        @Override
        public String remedy() {
            return "Nothing to do: another attempt of the same task does.";
        }
    }

    /** An attempt was allowed to publish and nobody can say whether it did. */
    record CommitInDoubt(String detail) implements Cause {
        @Override
        public String happened() {
            return sentence("It is in doubt whether an output was published: " + detail);
        }

        @Override
        public String remedy() {
            return "Remove the output directory and submit again.";
        }
    }

    /** Part of a result was handed out, and the rest would now come from other records than that part did. */
    record ResultsDiffer(int stage, String detail) implements Cause {
        @Override
        public String happened() {
            return sentence("The results of stage " + stage
                    + " that are already handed out do not fit what must be computed again: " + detail);
        }

        @Override
        public String remedy() {
            return "Submit again; sort the records before an operation that depends on their order, so that it repeats.";
        }
    }

    /**
     * A partition that was kept is not to be had, and what it is computed from is not there either; {@code executors} were
     * asked for it in vain.
     */
    record BlockLost(int storage, int partition, String detail, List<Integer> executors) implements Cause {
        public BlockLost {
            executors = List.copyOf(executors);
        }

        /** One that no other executor was asked for. */
        public BlockLost(int storage, int partition, String detail) {
            this(storage, partition, detail, List.of());
        }

        @Override
        public String happened() {
            return sentence("Partition " + partition + " of storage " + storage + " is kept no more: " + detail);
        }

        @Override
        public String remedy() {
            return "Nothing to do: it is computed again. Give executors more memory or persist to disk as well when it happens often.";
        }
    }

    /** A person or a program asked for the end. */
    record Cancelled(String by) implements Cause {
        @Override
        public String happened() {
            return "Cancelled by " + by + ".";
        }

        @Override
        public String remedy() {
            return "Submit again when it was not meant.";
        }
    }

    /** What the user gave cannot be used; {@code what} names it and {@code todo} says what would work. */
    record InvalidInput(String what, String todo) implements Cause {
        @Override
        public String happened() {
            return what;
        }

        @Override
        public String remedy() {
            return todo;
        }

        @Override
        public boolean taskFault() {
            return true;
        }
    }

    /** The ResourceManager or the NameNode said no; {@code what} repeats why. */
    record ClusterRefused(String what, String todo) implements Cause {
        @Override
        public String happened() {
            return what;
        }

        @Override
        public String remedy() {
            return todo;
        }
    }

    /** A configured limit was reached; {@code key} holds it. */
    record LimitExceeded(String what, String key) implements Cause {
        @Override
        public String happened() {
            return what;
        }

        @Override
        public String remedy() {
            return "Raise " + key + " or ask for less at once.";
        }

        @Override
        public boolean taskFault() {
            return true;
        }
    }

    /** A closure or record holds something that cannot travel; {@code path} leads from it to the value. */
    record NotSerializable(String className, String path) implements Cause {
        @Override
        public String happened() {
            return className + " cannot be serialized (at " + path + ").";
        }

        @Override
        public String remedy() {
            if (path.startsWith("this")) {
                return "A function that uses a field or method of its object captures all of it: copy the field to a local variable first, or make the classes on the path implement java.io.Serializable.";
            }
            // Nobody can change a class of the JDK.
            return className.startsWith("java.") || className.startsWith("javax.")
                    ? "Make the value inside the function, once per partition in mapPartitions, or make the field that holds it transient."
                    : "Make the class implement java.io.Serializable, or make the value inside the function, once per partition in mapPartitions.";
        }

        @Override
        public boolean taskFault() {
            return true;
        }
    }

    /** A task used up its attempts; {@code last} is why the last one ended. */
    record TaskFailed(int stage, int partition, int attempts, Cause last) implements Cause {
        @Override
        public String happened() {
            String times = attempts == 1 ? "once" : attempts + " times";
            return sentence("Task " + partition + " of stage " + stage + " failed " + times + ", the last time so: "
                    + last.happened());
        }

        @Override
        public String remedy() {
            return last.remedy();
        }

        @Override
        public String stack() {
            return last.stack();
        }
    }

    /** A defect of Raddle itself. */
    record InternalError(String detail, String stack) implements Cause {
        @Override
        public String happened() {
            return sentence("Raddle met a defect of its own: " + detail);
        }

        @Override
        public String remedy() {
            return "Please report it with what the program printed, or from a cluster with its log (yarn-submit --logs APP).";
        }

        @Override
        public boolean taskFault() {
            return true;
        }
    }

    /** Texts of others end as they like. */
    private static String sentence(String text) {
        return text.isEmpty() || ".!?".indexOf(text.charAt(text.length() - 1)) >= 0 ? text : text + ".";
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%,d", bytes >> 20);
    }
}
