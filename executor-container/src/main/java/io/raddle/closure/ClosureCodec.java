package io.raddle.closure;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Freezes functions into bytes and thaws them through a class loader, by Java serialization. A function that cannot
 * travel is refused when it is frozen, which is when the program calls the operation. Stateless.
 */
public final class ClosureCodec {
    private ClosureCodec() {}

    /** The bytes of {@code function} as it is now; a later change of what it captured is not seen by tasks. */
    public static byte[] freeze(@Nullable Object function, CallSite site) {
        return freeze(function, site, owner -> {});
    }

    /** The same; {@code owners} hears of what must stay reachable as long as the bytes are of use. */
    public static byte[] freeze(@Nullable Object function, CallSite site, Consumer<Object> owners) {
        if (function == null) {
            throw new RaddleException(new Cause.InvalidInput(
                    "The call of " + site + " was given null instead of a function.", "Give it a function."));
        }
        Place place = new Place("The function of " + site, "", ", captured by " + site);
        List<LateBound> lateBound = new ArrayList<>();
        byte[] frozen = guarded(function, place, () -> write(function, Map.of(), lateBound::add, owners));
        if (lateBound.isEmpty()) {
            return frozen;
        }
        Contents contents = guarded(function, place, () -> Survey.of(function));
        Map<LateBound, Object> bound = new IdentityHashMap<>();
        for (LateBound late : lateBound) {
            late.bind(contents, site, owners).ifPresent(value -> bound.put(late, value));
        }
        return guarded(function, place, () -> write(function, bound, late -> {}, owners));
    }

    /**
     * What {@code value} is made of and the bytes that it becomes; it is known to people as {@code name}.
     *
     * @param whose ends a sentence on it: who reads the value, and where
     * @throws RaddleException if it cannot travel
     */
    public static Contents survey(@Nullable Object value, String name, String whose) {
        return guarded(value, new Place("The value of " + name, name, whose), () -> Survey.of(value));
    }

    private static byte[] write(
            Object function, Map<LateBound, Object> bound, Consumer<LateBound> lateBound, Consumer<Object> owners)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (ClosureOutput out = new ClosureOutput(bytes, bound)) {
            out.writeObject(function);
            out.lateBound().forEach(lateBound);
            out.owners().forEach(owners);
        }
        return bytes.toByteArray();
    }

    /** What people call an object that is frozen: as a subject, as the beginning of a path, and where it belongs. */
    private record Place(String subject, String root, String whose) {
        String of(Culprit culprit) {
            if (root.isEmpty()) {
                return culprit.path() + whose;
            }
            String step = culprit.isRoot() ? "" : culprit.path();
            return root + (step.isEmpty() || step.startsWith("[") ? step : "." + step) + whose;
        }
    }

    private interface Writing<T> {
        T run() throws IOException;
    }

    private static <T> T guarded(@Nullable Object object, Place place, Writing<T> writing) {
        try {
            return writing.run();
        } catch (IOException | RuntimeException e) {
            throw refused(object, place, e);
        } catch (StackOverflowError e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            place.subject() + " captures a chain of objects too long to be serialized.",
                            "Keep linked nodes in a list or an array, or make them inside the function."),
                    e);
        }
    }

    /** The function in {@code bytes}, its classes from {@code loader} and, where they are the engine's own, from here. */
    public static <T> T thaw(byte[] bytes, Class<T> type, ClassLoader loader) {
        try (ClosureInput in = new ClosureInput(new ByteArrayInputStream(bytes), loader)) {
            return type.cast(in.readObject());
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            "The class " + String.valueOf(e.getMessage()).replace('/', '.')
                                    + " is needed by a function but is in no jar of the application.",
                            "Put it into the application's jar, or name its jar with --jars."),
                    e);
        } catch (IOException | RuntimeException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            "A function could not be read where it should run: " + e + ".",
                            "Look at what the function captures and how its classes are serialized."),
                    e);
        }
    }

    private static RaddleException refused(@Nullable Object object, Place place, Exception origin) {
        return Optional.ofNullable(object)
                .flatMap(CaptureSearch::in)
                .map(culprit -> new RaddleException(causeOf(culprit, place), origin))
                .orElseGet(() -> new RaddleException(
                        new Cause.InvalidInput(
                                place.subject() + " cannot be serialized: " + origin + ".",
                                "Look at what the function captures and how its classes are serialized."),
                        origin));
    }

    private static Cause causeOf(Culprit culprit, Place place) {
        String where = place.of(culprit);
        if (culprit.value() instanceof NotShippable shippable) {
            return new Cause.InvalidInput(shippable.reason() + " (" + where + ")", shippable.instead());
        }
        if (culprit.failure() instanceof NotSerializableException) {
            return new Cause.NotSerializable(culprit.value().getClass().getTypeName(), where);
        }
        return new Cause.InvalidInput(
                culprit.value().getClass().getTypeName() + " cannot be serialized (at " + where + "): "
                        + reasonOf(culprit.failure()) + ".",
                culprit.failure() instanceof InvalidClassException
                        ? "Add that constructor, or make the value inside the function."
                        : "Look at its writeObject or writeReplace, or make the value inside the function.");
    }

    private static String reasonOf(Exception failure) {
        return failure instanceof InvalidClassException invalid
                ? Objects.requireNonNullElse(invalid.getMessage(), "").replaceFirst("^[^;]*; ", "")
                : failure.toString();
    }
}
