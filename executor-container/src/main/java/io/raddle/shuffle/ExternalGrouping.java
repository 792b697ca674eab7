package io.raddle.shuffle;

import io.raddle.function.Pair;
import io.raddle.memory.TaskMemory;
import io.raddle.serde.ClassTable;
import io.raddle.serde.RecordFormat;
import io.raddle.serde.RecordReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings the values of each key together, from one input or from several side by side. Values are never decoded before
 * someone iterates them and the values of one key need not fit into memory. Used by the task's thread.
 */
final class ExternalGrouping {
    private static final int MAX_FAN_IN = 32;

    private final int inputs;
    private final LocalDirectories directories;
    private final TaskMemory task;
    private final RecordFormat format;
    private final ClassTable classes = ClassTable.ofProcess();
    private final RecordReader keyReader;
    private final GroupTable table;
    private final KeyCheck check = new KeyCheck();
    private List<GroupRun> runs = new ArrayList<>();

    ExternalGrouping(int inputs, LocalDirectories directories, TaskMemory task, RecordFormat format) {
        this.inputs = inputs;
        this.directories = directories;
        this.task = task;
        this.format = format;
        keyReader = format.reader(classes);
        table = new GroupTable(inputs, format.writer(classes), format.reader(classes), task.reservation());
    }

    /** Takes in all pairs of one input. */
    void addAll(int input, Iterator<?> pairs) {
        if (pairs instanceof BlockRecords blocks) {
            addAll(input, blocks);
            return;
        }
        while (pairs.hasNext()) {
            add(input, Placement.pair(pairs.next()));
        }
    }

    private void add(int input, Pair<?, ?> pair) {
        check.check(pair.key());
        if (!table.add(input, pair.key(), pair.value())) {
            spill();
        }
    }

    /** Copies pairs as they are where their bytes mean the same here as in the block. */
    private void addAll(int input, BlockRecords blocks) {
        RecordReader reader = blocks.reader();
        while (blocks.hasNext()) {
            if (!reader.cutPair()) {
                add(input, Placement.pair(reader.read()));
                continue;
            }
            check.checkCut(reader);
            int hash = CombiningMap.spread(reader.keyHashCode());
            if (!table.add(input, hash, reader.bytes(), reader.keyStart(), reader.keyLength(), reader.valueLength())) {
                spill();
            }
        }
    }

    private void spill() {
        GroupRun run = newRun();
        table.takeByHash().forEachRemaining(run::append);
        seal(run);
        runs.add(run);
        table.release();
    }

    private GroupRun newRun() {
        SpillFile file = directories.spill();
        task.closeAtEnd(file);
        return new GroupRun(file, inputs);
    }

    private void seal(GroupRun run) {
        run.file().seal();
        task.addSpilled(run.file().length());
    }

    /** A pair per key: its values of each input. Nothing may be added afterwards. */
    Iterator<Pair<@Nullable Object, StoredValues[]>> groups() {
        Iterator<LogGroups.Group> last = table.takeByHash();
        if (runs.isEmpty()) {
            return new InMemory(last);
        }
        while (runs.size() > MAX_FAN_IN) {
            runs = mergeFirst();
        }
        List<Iterator<GroupRun.Entry>> cursors = new ArrayList<>();
        runs.forEach(run -> cursors.add(run.entries()));
        cursors.add(new TableEntries(last));
        return new Merged(new Merge<>(cursors, Comparator.comparingInt(GroupRun.Entry::hash)));
    }

    private List<GroupRun> mergeFirst() {
        List<GroupRun> fewer = new ArrayList<>();
        for (int from = 0; from < runs.size(); from += MAX_FAN_IN) {
            List<GroupRun> some = runs.subList(from, Math.min(runs.size(), from + MAX_FAN_IN));
            List<Iterator<GroupRun.Entry>> cursors = new ArrayList<>();
            some.forEach(run -> cursors.add(run.entries()));
            Merge<GroupRun.Entry> merged = new Merge<>(cursors, Comparator.comparingInt(GroupRun.Entry::hash));
            GroupRun run = newRun();
            while (merged.hasNext()) {
                run.append(merged.next());
            }
            seal(run);
            some.forEach(done -> done.file().close());
            fewer.add(run);
        }
        return fewer;
    }

    private StoredValues[] emptyValues() {
        StoredValues[] values = new StoredValues[inputs];
        Arrays.setAll(values, input -> new StoredValues(format, classes));
        return values;
    }

    /** Groups that never left memory. */
    private final class InMemory implements Iterator<Pair<@Nullable Object, StoredValues[]>> {
        private final Iterator<LogGroups.Group> groups;

        InMemory(Iterator<LogGroups.Group> groups) {
            this.groups = groups;
        }

        @Override
        public boolean hasNext() {
            return groups.hasNext();
        }

        @Override
        @SuppressWarnings("NullAway") // a key may be null
        public Pair<@Nullable Object, StoredValues[]> next() {
            LogGroups.Group group = groups.next();
            keyReader.reset(group.keys(), group.keyStart(), group.keyLength());
            StoredValues[] values = emptyValues();
            int start = group.start();
            for (int input = 0; input < inputs; input++) {
                int length = group.lengths()[input];
                values[input].add(new StoredValues.Segment(group.values(), null, start, length), group.counts()[input]);
                start += length;
            }
            return new Pair<>(keyReader.read(), values);
        }
    }

    /** What is left in memory, in the form of a run. */
    private final class TableEntries implements Iterator<GroupRun.Entry> {
        private final Iterator<LogGroups.Group> groups;

        TableEntries(Iterator<LogGroups.Group> groups) {
            this.groups = groups;
        }

        @Override
        public boolean hasNext() {
            return groups.hasNext();
        }

        @Override
        public GroupRun.Entry next() {
            LogGroups.Group group = groups.next();
            long[] lengths = new long[inputs];
            Arrays.setAll(lengths, input -> group.lengths()[input]);
            StoredValues.Segment segment =
                    new StoredValues.Segment(group.values(), null, group.start(), group.valuesLength());
            return new GroupRun.Entry(group.hash(), group.key(), group.counts(), lengths, segment);
        }
    }

    /** Brings together what the runs hold of one key: all entries of one hash are neighbours. */
    private final class Merged implements Iterator<Pair<@Nullable Object, StoredValues[]>> {
        private final Merge<GroupRun.Entry> entries;
        private final List<Pair<@Nullable Object, StoredValues[]>> ofHash = new ArrayList<>();
        private int next;

        Merged(Merge<GroupRun.Entry> entries) {
            this.entries = entries;
        }

        @Override
        public boolean hasNext() {
            return next < ofHash.size() || entries.hasNext();
        }

        @Override
        public Pair<@Nullable Object, StoredValues[]> next() {
            if (next == ofHash.size()) {
                collect();
            }
            return ofHash.get(next++);
        }

        private void collect() {
            if (!entries.hasNext()) {
                throw new NoSuchElementException();
            }
            ofHash.clear();
            next = 0;
            int hash = entries.peek().hash();
            while (entries.hasNext() && entries.peek().hash() == hash) {
                add(entries.next());
            }
        }

        @SuppressWarnings("NullAway") // a key may be null
        private void add(GroupRun.Entry entry) {
            Object key = GroupRun.decode(entry.key(), keyReader);
            StoredValues[] values = null;
            for (Pair<@Nullable Object, StoredValues[]> found : ofHash) {
                if (Objects.equals(found.key(), key)) {
                    values = found.value();
                    break;
                }
            }
            if (values == null) {
                values = emptyValues();
                ofHash.add(new Pair<>(key, values));
            }
            for (int input = 0; input < inputs; input++) {
                values[input].add(entry.segment(input), entry.counts()[input]);
            }
        }
    }
}
