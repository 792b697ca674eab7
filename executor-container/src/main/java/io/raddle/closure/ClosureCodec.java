package io.raddle.closure;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.util.Objects;
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (ClosureOutput out = new ClosureOutput(bytes)) {
            out.writeObject(function);
            out.owners().forEach(owners);
        } catch (IOException | RuntimeException e) {
            throw refused(function, site, e);
        } catch (StackOverflowError e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            "The function of " + site + " captures a chain of objects too long to be serialized.",
                            "Keep linked nodes in a list or an array, or make them inside the function."),
                    e);
        }
        return bytes.toByteArray();
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

    private static RaddleException refused(Object function, CallSite site, Exception origin) {
        return CaptureSearch.in(function)
                .map(culprit -> new RaddleException(causeOf(culprit, site), origin))
                .orElseGet(() -> new RaddleException(
                        new Cause.InvalidInput(
                                "The function of " + site + " cannot be serialized: " + origin + ".",
                                "Look at what the function captures and how its classes are serialized."),
                        origin));
    }

    private static Cause causeOf(Culprit culprit, CallSite site) {
        String where = culprit.path() + ", captured by " + site;
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
