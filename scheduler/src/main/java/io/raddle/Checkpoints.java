package io.raddle;

import io.raddle.block.Checkpoint;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.io.FileTrouble;
import io.raddle.io.NamedPath;
import io.raddle.plan.JobRequest;
import io.raddle.plan.JobRun;
import io.raddle.plan.Lineage;
import io.raddle.plan.Operation;
import io.raddle.plan.Sink;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What is to be a checkpoint and is not yet, and how it becomes one: before the job that needs it, so that it is computed
 * once. Safe for all threads; one checkpoint is written at a time.
 */
final class Checkpoints {
    private final Session session;
    /** What errors call each; nodes that the program forgets are never written. */
    private final Map<Lineage, String> wanted = Collections.synchronizedMap(new WeakHashMap<>());

    private volatile Optional<String> directory = Optional.empty();

    Checkpoints(Session session) {
        this.session = session;
    }

    /** Where a node is read from, when it is a checkpoint. */
    static Optional<String> directory(Lineage node) {
        return node.operation() instanceof Operation.Checkpointed files
                ? Optional.of(files.directory())
                : Optional.empty();
    }

    Optional<String> directory() {
        return directory;
    }

    void directory(String parent) {
        Path own = new Path(NamedPath.of(parent), UUID.randomUUID().toString());
        on(own, files -> {
            // Executors may have another working directory and default file system.
            directory = Optional.of(files.makeQualified(own).toString());
            return files.mkdirs(own);
        });
    }

    void mark(Lineage node, String name) {
        if (directory.isEmpty()) {
            throw new RaddleException(new Cause.InvalidInput(
                    name + " cannot become a checkpoint: there is no directory for it.",
                    "Call setCheckpointDir of the session first."));
        }
        if (node.isShared()) {
            throw new RaddleException(new Cause.InvalidInput(
                    name + " cannot become a checkpoint: a job has brought it through a shuffle already.",
                    "Call checkpoint() before the first action on it or on what is derived from it."));
        }
        if (directory(node).isEmpty()) {
            wanted.put(node, name);
        }
    }

    /** Writes what a job of {@code root} needs and was asked for, what others are derived from first. */
    void before(Lineage root) {
        if (wanted.isEmpty()) {
            return;
        }
        synchronized (this) {
            reached(root).sorted(Comparator.comparingInt(Lineage::id)).forEach(this::write);
        }
    }

    private Stream<Lineage> reached(Lineage root) {
        Set<Lineage> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Lineage> rest = new ArrayDeque<>(List.of(root));
        while (!rest.isEmpty()) {
            Lineage node = rest.pop();
            if (seen.add(node)) {
                node.inputs().forEach(rest::push);
            }
        }
        return new ArrayList<>(seen).stream().filter(wanted::containsKey);
    }

    private void write(Lineage node) {
        Path target = new Path(directory.orElseThrow(), "rdd-" + node.id());
        boolean kept = false;
        on(target, files -> files.mkdirs(target));
        try {
            JobRequest all =
                    JobRequest.whole(node, new Sink.Checkpoint(target.toString()), "checkpoint of " + wanted.get(node));
            try (JobRun job = session.engine().start(all)) {
                while (job.next().isPresent()) {}
            }
            kept = session.engine().replace(node, new Operation.Checkpointed(target.toString(), hosts(target, node)));
            wanted.remove(node);
        } finally {
            if (!kept) {
                on(target, files -> files.delete(target, true));
            }
        }
    }

    private List<List<String>> hosts(Path target, Lineage node) {
        Checkpoint checkpoint = new Checkpoint(target.toString());
        List<List<String>> hosts = new ArrayList<>();
        on(target, files -> {
            for (int partition = 0; partition < node.partitions(); partition++) {
                hosts.add(hosts(files, checkpoint.file(partition)));
            }
            return true;
        });
        return hosts;
    }

    private static List<String> hosts(FileSystem files, Path path) throws IOException {
        if (files.getScheme().equals("file")) {
            // It calls every host "localhost".
            return List.of();
        }
        BlockLocation[] blocks = files.getFileBlockLocations(files.getFileStatus(path), 0, 1);
        return blocks.length == 0 ? List.of() : Arrays.asList(blocks[0].getHosts());
    }

    private interface Step {
        boolean run(FileSystem files) throws IOException;
    }

    private void on(Path path, Step step) {
        try {
            step.run(NamedPath.files(path, session.engine().hadoop()));
        } catch (IOException e) {
            throw FileTrouble.of(path.toString(), e);
        }
    }
}
