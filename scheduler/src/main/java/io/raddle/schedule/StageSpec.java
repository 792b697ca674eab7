package io.raddle.schedule;

import io.raddle.id.ShuffleId;
import io.raddle.id.StageId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the core must know of a stage; what its tasks compute is none of its business. A stage with an output writes that
 * shuffle, one row per task; the stage without one is the result stage of its job.
 *
 * @param inputs the shuffles that its tasks read
 * @param partitions the partition that each task computes; a map stage has 0 to n-1 in order
 * @param preferences one per task, or empty when no task has any
 * @param maxAttempts how many ends that are the task's own fault make the job fail
 * @param kept the blocks of its tasks
 */
public record StageSpec(
        StageId id,
        List<ShuffleId> inputs,
        Optional<ShuffleId> output,
        Partitions partitions,
        List<Preference> preferences,
        Recomputation recomputation,
        Publication publication,
        int maxAttempts,
        Kept kept) {

    /**
     * What a stage keeps of what it computes, and can do without once it is kept.
     *
     * @param blocks for each task the blocks that it asks for first; empty when no task asks for any
     * @param behind for each task the blocks that it asks for where the first are missing, nearest first; may be empty
     * @param deferrable inputs that only a task without its blocks reads
     * @param storages all storages that its tasks fill
     * @param copies how many executors shall hold each block of those where it is more than one
     */
    public record Kept(
            List<List<Block>> blocks,
            List<List<Block>> behind,
            List<ShuffleId> deferrable,
            List<Integer> storages,
            SortedMap<Integer, Integer> copies) {
        public static final Kept NOTHING = new Kept(List.of(), List.of(), List.of());

        /** Without blocks behind others, and each on one executor. */
        public Kept(List<List<Block>> blocks, List<ShuffleId> deferrable, List<Integer> storages) {
            this(blocks, List.of(), deferrable, storages, Collections.emptySortedMap());
        }

        /** All blocks that a task may ask for, in the order in which they spare it work. */
        List<Block> asked(int task) {
            if (blocks.isEmpty()) {
                return List.of();
            }
            if (behind.isEmpty()) {
                return blocks.get(task);
            }
            List<Block> all = new ArrayList<>(blocks.get(task));
            all.addAll(behind.get(task));
            return all;
        }

        public Kept {
            blocks = List.copyOf(blocks);
            behind = List.copyOf(behind);
            deferrable = List.copyOf(deferrable);
            storages = List.copyOf(storages);
            copies = Collections.unmodifiableSortedMap(new TreeMap<>(copies));
        }
    }

    /** A stage that keeps nothing. */
    public StageSpec(
            StageId id,
            List<ShuffleId> inputs,
            Optional<ShuffleId> output,
            Partitions partitions,
            List<Preference> preferences,
            Recomputation recomputation,
            Publication publication,
            int maxAttempts) {
        this(id, inputs, output, partitions, preferences, recomputation, publication, maxAttempts, Kept.NOTHING);
    }

    /** What a task computes when it runs again over the same partitions of its inputs. */
    public enum Recomputation {
        /** The same records in the same order, or in an order that makes no difference to it. */
        REPEATS,
        /** Something else when its input comes in another order: it is sensitive to an order that a shuffle changes. */
        DEPENDS_ON_ORDER,
        /** Something else each time. */
        VARIES;

        boolean mayDiffer() {
            return this != REPEATS;
        }
    }

    /** How the tasks of a stage make their output visible outside the engine. */
    public enum Publication {
        /** Not at all: a value or a map output. */
        NONE,
        /** By a commit that the core authorises and that a later attempt can repeat. */
        REPEATABLE_COMMIT,
        /** By a commit that the core authorises and that must not happen twice. */
        SINGLE_COMMIT
    }

    public StageSpec {
        inputs = inputs.stream().distinct().toList();
        preferences = List.copyOf(preferences);
        if (!preferences.isEmpty() && preferences.size() != partitions.size()) {
            throw new IllegalArgumentException(
                    id + " has " + partitions.size() + " tasks but " + preferences.size() + " preferences");
        }
        if (output.isPresent() && !partitions.isDense()) {
            throw new IllegalArgumentException(id + " writes a shuffle but not all of its rows");
        }
        if ((!kept.blocks().isEmpty() || !kept.deferrable().isEmpty())
                && kept.blocks().size() != partitions.size()) {
            throw new IllegalArgumentException(id + " has " + partitions.size() + " tasks but blocks of "
                    + kept.blocks().size());
        }
        if (!kept.behind().isEmpty() && kept.behind().size() != kept.blocks().size()) {
            throw new IllegalArgumentException(id + " has blocks behind those of other tasks");
        }
        if (maxAttempts < 1) {
            throw new IllegalArgumentException(id + " allows " + maxAttempts + " attempts");
        }
    }

    /** A stage that writes {@code output} and repeats exactly, with four attempts per task. */
    public static StageSpec map(StageId id, List<ShuffleId> inputs, ShuffleId output, int tasks) {
        return new StageSpec(
                id,
                inputs,
                Optional.of(output),
                Partitions.dense(tasks),
                List.of(),
                Recomputation.REPEATS,
                Publication.NONE,
                4);
    }

    /** A result stage over all its partitions, with four attempts per task. */
    public static StageSpec result(StageId id, List<ShuffleId> inputs, int tasks) {
        return new StageSpec(
                id,
                inputs,
                Optional.empty(),
                Partitions.dense(tasks),
                List.of(),
                Recomputation.REPEATS,
                Publication.NONE,
                4);
    }

    /** The same with a preference for each task. */
    public StageSpec preferring(List<Preference> each) {
        return new StageSpec(id, inputs, output, partitions, each, recomputation, publication, maxAttempts, kept);
    }

    /** The same for stages that do not repeat exactly. */
    public StageSpec recomputing(Recomputation how) {
        return new StageSpec(id, inputs, output, partitions, preferences, how, publication, maxAttempts, kept);
    }

    /** The same for stages whose tasks commit. */
    public StageSpec publishing(Publication how) {
        return new StageSpec(id, inputs, output, partitions, preferences, recomputation, how, maxAttempts, kept);
    }

    /** The same for some partitions only. */
    public StageSpec over(Partitions some) {
        return new StageSpec(id, inputs, output, some, preferences, recomputation, publication, maxAttempts, kept);
    }

    /** The same with another limit of attempts. */
    public StageSpec attempting(int attempts) {
        return new StageSpec(id, inputs, output, partitions, preferences, recomputation, publication, attempts, kept);
    }

    /** The same with blocks. */
    public StageSpec keeping(Kept what) {
        return new StageSpec(
                id, inputs, output, partitions, preferences, recomputation, publication, maxAttempts, what);
    }

    List<List<Block>> blocks() {
        return kept.blocks();
    }

    List<ShuffleId> deferrable() {
        return kept.deferrable();
    }

    /** Number of tasks. */
    public int tasks() {
        return partitions.size();
    }
}
