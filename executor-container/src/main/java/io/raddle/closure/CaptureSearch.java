package io.raddle.closure;

import java.lang.invoke.SerializedLambda;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what in a function cannot travel, breadth first, so that the shortest way to it is told. What an object holds
 * is asked of Java serialization itself, one object at a time, so that transient fields, writeReplace and writeObject
 * count as they do when it is sent. Slow, and used only after freezing failed.
 */
final class CaptureSearch {
    static final String ITSELF = "the function itself";

    private record Place(Object value, @Nullable Place from, String step) {
        String path() {
            Deque<String> steps = new ArrayDeque<>();
            for (Place place = this; place != null; place = place.from) {
                steps.addFirst(place.step);
            }
            String joined = String.join("", steps);
            String path = joined.startsWith(".") ? joined.substring(1) : joined;
            return path.isEmpty() ? ITSELF : path;
        }
    }

    private final Deque<Place> places = new ArrayDeque<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final CaptureNames names;

    private CaptureSearch(Object function) {
        this.names = new CaptureNames(function.getClass().getClassLoader());
        places.add(new Place(function, null, ""));
    }

    static Optional<Culprit> in(Object function) {
        return new CaptureSearch(function).run();
    }

    private Optional<Culprit> run() {
        for (Place place = places.poll(); place != null; place = places.poll()) {
            if (!seen.add(place.value)) {
                continue;
            }
            OneLevel level = OneLevel.of(place.value);
            Exception failure = level.failure();
            if (failure != null) {
                return Optional.of(new Culprit(place.value, place.path(), failure));
            }
            addInside(place, level);
        }
        return Optional.empty();
    }

    private void addInside(Place place, OneLevel level) {
        List<Object> inside = level.inside();
        if (level.written() instanceof SerializedLambda lambda) {
            inside = capturedBy(lambda);
        }
        List<String> steps = names.of(place.value, level.written(), inside);
        for (int i = 0; i < inside.size(); i++) {
            places.add(new Place(inside.get(i), place, steps.get(i)));
        }
    }

    private static List<Object> capturedBy(SerializedLambda lambda) {
        List<Object> captured = new ArrayList<>();
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            Object value = lambda.getCapturedArg(i);
            captured.add(value == null ? "" : value);
        }
        return captured;
    }
}
