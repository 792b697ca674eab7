package io.raddle.closure;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Java serialization makes of one object when everything that it refers to is left out: the object that is written
 * in its place (itself, or what writeReplace gave), the objects that it would write next, and why it fails.
 */
record OneLevel(
        Object written, List<Object> inside, @Nullable Exception failure) {
    static OneLevel of(Object object) {
        List<Object> seen = new ArrayList<>();
        Exception failure = null;
        try (ClosureOutput out = new Cut(seen)) {
            out.writeObject(object);
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        return seen.isEmpty()
                ? new OneLevel(object, List.of(), failure)
                : new OneLevel(seen.get(0), seen.subList(1, seen.size()), failure);
    }

    /** Notes each object that comes by and lets only the first one through. */
    private static final class Cut extends ClosureOutput {
        private final List<Object> seen;

        Cut(List<Object> seen) throws IOException {
            super(OutputStream.nullOutputStream());
            this.seen = seen;
        }

        @Override
        protected @Nullable Object replaceObject(Object object) throws IOException {
            seen.add(object);
            return seen.size() == 1 ? super.replaceObject(object) : null;
        }
    }
}
