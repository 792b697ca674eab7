package io.raddle.plan;

import com.google.protobuf.ByteString;
import io.raddle.id.ShuffleId;
import io.raddle.proto.Split;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Operators between two shuffles, ready to be scheduled: one plan for all its tasks and what each task reads.
 *
 * @param name what the program called and where
 * @param output the shuffle that it writes; none for the last stage of a job
 * @param inputs the shuffles that it reads
 * @param plan a serialized {@code StagePlan}
 * @param planDigest SHA-256 of those bytes, by which executors know the plan
 * @param tasks in the order of their partitions
 * @param publication how its tasks commit what they write
 * @param dependsOnOrder whether a repetition may give other records because a shuffle gave them in another order
 */
public record Stage(
        String name,
        Optional<ShuffleId> output,
        List<ShuffleId> inputs,
        ByteString plan,
        ByteString planDigest,
        List<Task> tasks,
        Publication publication,
        boolean dependsOnOrder,
        Kept kept) {
    /**
     * What its tasks keep: {@code deferrable} are inputs that only a task without its blocks reads, {@code storages} all
     * that its operators fill, and {@code copies} says of some of those how many executors shall have each partition.
     */
    public record Kept(List<ShuffleId> deferrable, List<Integer> storages, SortedMap<Integer, Integer> copies) {
        public Kept {
            copies = Collections.unmodifiableSortedMap(new TreeMap<>(copies));
            deferrable = List.copyOf(deferrable);
            storages = List.copyOf(storages);
        }
    }

    /** One partition of a storage. */
    public record KeptPartition(int storage, int partition) {}

    public Stage {
        inputs = List.copyOf(inputs);
        tasks = List.copyOf(tasks);
    }

    /** How tasks commit. */
    public enum Publication {
        /** They do not: they give values or write a shuffle. */
        NONE,
        /** In a way that a later attempt can repeat. */
        REPEATABLE,
        /** In a way that must not happen twice. */
        ONCE
    }

    /**
     * What one task computes, what its sources read, the hosts that hold it, the kept partitions it asks for first, and
     * some of those {@code behind} that it asks for when those are missing.
     */
    public record Task(
            int partition,
            List<Split> splits,
            List<String> hosts,
            List<KeptPartition> blocks,
            List<KeptPartition> behind) {
        public Task {
            blocks = List.copyOf(blocks);
            behind = List.copyOf(behind);
            splits = List.copyOf(splits);
            hosts = List.copyOf(hosts);
        }
    }
}
