package io.raddle.serde;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The classes that a run of values has named so far, so that each name is written once. A table that writer and readers
 * of one process share writes no names at all. Used by one thread at a time.
 */
public final class ClassTable {
    static final int UNKNOWN = -1;

    private final boolean inProcess;
    private final List<Class<?>> classes = new ArrayList<>();
    private @Nullable Map<Class<?>, Integer> numbers;

    private ClassTable(boolean inProcess) {
        this.inProcess = inProcess;
    }

    /** A table for bytes that never leave this process, such as those of a spill: hand it to writer and readers. */
    public static ClassTable ofProcess() {
        return new ClassTable(true);
    }

    static ClassTable ofFrame() {
        return new ClassTable(false);
    }

    boolean inProcess() {
        return inProcess;
    }

    int size() {
        return classes.size();
    }

    int numberOf(Class<?> type) {
        if (numbers == null) {
            return UNKNOWN;
        }
        Integer number = numbers.get(type);
        return number == null ? UNKNOWN : number;
    }

    int add(Class<?> type) {
        int number = classes.size();
        classes.add(type);
        if (numbers == null) {
            numbers = new IdentityHashMap<>();
        }
        numbers.put(type, number);
        return number;
    }

    Class<?> get(int number) {
        return classes.get(number);
    }

    /** Forgets what was added after the table had {@code size} classes. */
    void truncate(int size) {
        if (numbers == null) {
            return;
        }
        for (int last = classes.size() - 1; last >= size; last--) {
            numbers.remove(classes.remove(last));
        }
    }
}
