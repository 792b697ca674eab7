package io.raddle.closure;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes objects as Java does, except that it refuses a {@link NotShippable} also when that is serializable, and an
 * object that Java could write but not read again.
 */
class ClosureOutput extends ObjectOutputStream {
    private final List<Object> owners = new ArrayList<>();

    @SuppressWarnings("this-escape")
    ClosureOutput(OutputStream out) throws IOException {
        super(out);
        enableReplaceObject(true);
    }

    /** What of the program must stay reachable while what was written is of use. */
    List<Object> owners() {
        return owners;
    }

    @Override
    protected @Nullable Object replaceObject(Object object) throws IOException {
        if (object instanceof NotShippable) {
            throw new NotSerializableException(object.getClass().getName());
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
