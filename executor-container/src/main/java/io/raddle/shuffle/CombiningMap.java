package io.raddle.shuffle;

import io.raddle.function.Pair;
import io.raddle.memory.Reservation;
import java.util.Arrays;
import java.util.Iterator;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * An open-addressing map from key to combiner that knows about how much it holds. Combiners of fixed size are counted
 * when they are made; those that may grow are sampled ever more rarely as the map gets used. As long as the keys that are
 * like the first one have numbers of one kind for combiners, they are kept apart without objects. Used by the task's thread.
 */
final class CombiningMap implements AutoCloseable {
    private static final int FIRST_CAPACITY = 1 << 6;
    private static final int SLOT_BYTES = 16;
    private static final int ACCOUNT_BYTES = 64 << 10;
    /** A key of null in the table; an empty slot is null. */
    private static final Object NULL_KEY = new Object();

    private final Folding folding;
    private final Footprint footprint;
    private final Reservation memory;
    private @Nullable CompactMap compact;
    /** Of the combiners of {@link #compact}. */
    private NumberKind kind = NumberKind.LONG;

    private @Nullable Object[] keys = new Object[FIRST_CAPACITY];
    private @Nullable Object[] combiners = new Object[FIRST_CAPACITY];
    private int[] hashes = new int[FIRST_CAPACITY];
    private int size;
    private final WaitingRecords waiting = new WaitingRecords();
    private long entryBytes;
    private long accountedBytes;
    private long compactBytes;
    private GrowthSample growth = new GrowthSample();
    private final KeyCheck check = new KeyCheck();
    private boolean refused;

    CombiningMap(Folding folding, Footprint footprint, Reservation memory) {
        this.folding = folding;
        this.footprint = footprint;
        this.memory = memory;
    }

    /** Whether memory was refused since the last drain: time to drain. */
    boolean refused() {
        return refused;
    }

    /** Folds what comes for {@code key} into its combiner. */
    void add(@Nullable Object key, @Nullable Object input) {
        int hash = hash(key);
        if (compact != null && WaitingRecords.mayWait(key, input)) {
            waiting.add(key, hash, input);
            if (waiting.isFull()) {
                addWaiting();
            }
        } else {
            addWaiting();
            addNow(key, hash, input);
        }
    }

    private void addWaiting() {
        int count = waiting.take();
        if (compact != null) {
            compact.touch(waiting.hashes(), count);
        }
        for (int i = 0; i < count; i++) {
            addNow(waiting.key(i), waiting.hashes()[i], waiting.input(i));
        }
    }

    @SuppressWarnings("NullAway") // an entry was found, so there is a compact map
    private void addNow(@Nullable Object key, int hash, @Nullable Object input) {
        int entry = compactEntry(key, hash);
        if (entry != CompactMap.NONE) {
            replaceCompact(entry, key, hash, folding.merge(kind.number(compact.bits(entry)), input));
            return;
        }
        int slot = slot(key, hash);
        if (keys[slot] == null) {
            insert(slot, key, hash, folding.create(input));
        } else {
            replace(slot, folding.merge(combiners[slot], input));
        }
    }

    private int compactEntry(@Nullable Object key, int hash) {
        return compact == null ? CompactMap.NONE : compact.find(key, hash);
    }

    private void replaceCompact(int entry, @Nullable Object key, int hash, @Nullable Object combiner) {
        if (compact != null && combiner != null && NumberKind.of(combiner) == kind) {
            compact.set(entry, kind.bits(combiner));
            return;
        }
        giveUpCompact();
        replace(slot(key, hash), combiner);
    }

    /** Some key has another combiner than the first one has: from now on all are objects. */
    private void giveUpCompact() {
        CompactMap given = compact;
        compact = null;
        compactBytes = 0;
        if (given != null) {
            given.entries().forEach(entry -> {
                Object key = given.key(entry);
                int hash = hash(key);
                insertObject(slot(key, hash), key, hash, kind.number(given.bits(entry)));
            });
        }
    }

    static int hash(@Nullable Object key) {
        if (key == null) {
            return 0;
        }
        return spread(key.hashCode());
    }

    static int spread(int hashCode) {
        int hash = hashCode * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }

    /** The slot of {@code key}, or the empty one where it belongs. */
    private int slot(@Nullable Object key, int hash) {
        Object wanted = key == null ? NULL_KEY : key;
        int mask = keys.length - 1;
        int slot = hash & mask;
        while (true) {
            Object found = keys[slot];
            if (found == null || (hashes[slot] == hash && (found == wanted || found.equals(wanted)))) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
    }

    private void insert(int slot, @Nullable Object key, int hash, @Nullable Object combiner) {
        NumberKind number = NumberKind.of(combiner);
        if (number != null && size == 0 && compact == null) {
            compact = CompactMap.forKeysLike(key);
            kind = number;
        }
        if (compact == null) {
            insertObject(slot, key, hash, combiner);
        } else if (combiner != null && number == kind) {
            if (compact.insert(key, hash, number.bits(combiner))) {
                accountCompact();
            } else {
                insertObject(slot, key, hash, combiner);
            }
        } else {
            giveUpCompact();
            insertObject(slot(key, hash), key, hash, combiner);
        }
    }

    private void insertObject(int slot, @Nullable Object key, int hash, @Nullable Object combiner) {
        check.check(key);
        keys[slot] = key == null ? NULL_KEY : key;
        hashes[slot] = hash;
        combiners[slot] = combiner;
        size++;
        entryBytes += footprint.of(key) + footprint.of(combiner);
        if (size * 3L > keys.length * 2L) {
            rehash(keys.length * 2);
        }
        if (entryBytes - accountedBytes > ACCOUNT_BYTES || size == 1) {
            account();
        }
    }

    private void replace(int slot, @Nullable Object combiner) {
        combiners[slot] = combiner;
        if (!GrowthSample.fixed(combiner) && growth.due()) {
            entryBytes = growth.estimate(keys, combiners, footprint, size);
            account();
        }
    }

    private void accountCompact() {
        if (compact != null && compact.bytes() != compactBytes) {
            compactBytes = compact.bytes();
            account();
        }
    }

    private void account() {
        accountedBytes = entryBytes;
        if (!memory.tryHold(compactBytes + entryBytes + (long) SLOT_BYTES * keys.length)) {
            refused = true;
        }
    }

    private void rehash(int capacity) {
        @Nullable Object[] oldKeys = keys;
        @Nullable Object[] oldCombiners = combiners;
        int[] oldHashes = hashes;
        keys = new Object[capacity];
        combiners = new Object[capacity];
        hashes = new int[capacity];
        int mask = capacity - 1;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != null) {
                int slot = oldHashes[i] & mask;
                while (keys[slot] != null) {
                    slot = slot + 1 & mask;
                }
                keys[slot] = oldKeys[i];
                combiners[slot] = oldCombiners[i];
                hashes[slot] = oldHashes[i];
            }
        }
        account();
    }

    /** All entries in no order; each is let go when it has been handed out. */
    Iterator<Pair<?, ?>> entries() {
        addWaiting();
        IntStream objects = IntStream.range(0, keys.length).filter(slot -> keys[slot] != null);
        IntStream all =
                compact == null ? objects : IntStream.concat(compact.entries().map(entry -> ~entry), objects);
        return new Entries(all.iterator());
    }

    /** All entries in the order of their hashes; each is let go when it has been handed out. */
    Iterator<Pair<?, ?>> entriesByHash() {
        addWaiting();
        return new Entries(LongStream.of(order()).mapToInt(order -> (int) order).iterator());
    }

    /** Hands out entries, compact ones by their complement; the map is of no other use afterwards until it is cleared. */
    private final class Entries implements Iterator<Pair<?, ?>> {
        private final PrimitiveIterator.OfInt slots;

        Entries(PrimitiveIterator.OfInt slots) {
            this.slots = slots;
        }

        @Override
        public boolean hasNext() {
            return slots.hasNext();
        }

        @Override
        @SuppressWarnings("NullAway")
        public Pair<?, ?> next() {
            int slot = slots.nextInt();
            if (slot < 0) {
                return new Pair<>(compact.key(~slot), kind.number(compact.bits(~slot)));
            }
            Object key = keys[slot];
            Pair<@Nullable Object, @Nullable Object> pair = new Pair<>(key == NULL_KEY ? null : key, combiners[slot]);
            combiners[slot] = null;
            return pair;
        }
    }

    private long[] order() {
        long[] ofCompact = compact == null ? new long[0] : compact.hashedEntries();
        long[] order = Arrays.copyOf(ofCompact, ofCompact.length + size);
        for (int i = 0; i < ofCompact.length; i++) {
            // The complement of the entry, below an unchanged hash.
            order[i] = ofCompact[i] ^ 0xffff_ffffL;
        }
        int count = ofCompact.length;
        for (int slot = 0; slot < keys.length; slot++) {
            if (keys[slot] != null) {
                order[count++] = (long) hashes[slot] << 32 | slot;
            }
        }
        Arrays.sort(order);
        return order;
    }

    /** Gives the memory back while the entries are being handed out. */
    void release() {
        memory.hold(0);
    }

    /** Starts anew. */
    void clear() {
        keys = new Object[FIRST_CAPACITY];
        combiners = new Object[FIRST_CAPACITY];
        hashes = new int[FIRST_CAPACITY];
        size = 0;
        compact = null;
        entryBytes = 0;
        accountedBytes = 0;
        compactBytes = 0;
        growth = new GrowthSample();
        refused = false;
        memory.hold(0);
    }

    @Override
    public void close() {
        memory.close();
    }
}
