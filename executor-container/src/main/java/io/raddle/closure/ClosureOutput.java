package io.raddle.closure;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes objects as Java does, except that it refuses a {@link NotShippable} also when that is serializable, and an
 * object that Java could write but not read again, and writes what stands for a {@link LateBound} in its place.
 */
class ClosureOutput extends ObjectOutputStream {
    private final List<Object> owners = new ArrayList<>();
    private final List<LateBound> lateBound = new ArrayList<>();
    private final Map<LateBound, Object> bound;

    /** Nothing is bound yet. */
    ClosureOutput(OutputStream out) throws IOException {
        this(out, Map.of());
    }

    @SuppressWarnings("this-escape")
    ClosureOutput(OutputStream out, Map<LateBound, Object> bound) throws IOException {
        super(out);
        this.bound = bound;
        enableReplaceObject(true);
    }

    /** What of the program must stay reachable while what was written is of use. */
    List<Object> owners() {
        return owners;
    }

    /** What was met that had no other object to be written for it. */
    List<LateBound> lateBound() {
        return lateBound;
    }

    @Override
    protected @Nullable Object replaceObject(Object object) throws IOException {
        if (object instanceof NotShippable) {
            throw new NotSerializableException(object.getClass().getName());
        }
        if (object instanceof LateBound late) {
            lateBound.add(late);
            return bound.get(late);
        }
        if (object instanceof Owned owned) {
            owned.owner().ifPresent(owners::add);
        }
        String obstacle = Readable.obstacleTo(object.getClass());
        if (!obstacle.isEmpty()) {
            throw new InvalidClassException(object.getClass().getName(), obstacle);
        }
        return object;
    }
}
