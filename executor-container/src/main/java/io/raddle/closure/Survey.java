package io.raddle.closure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notes what an object holds while it is written. */
final class Survey extends ClosureOutput {
    private final ByteArrayOutputStream bytes;
    private final List<SerializedLambda> lambdas = new ArrayList<>();
    private final Set<Class<?>> classes = new LinkedHashSet<>();

    private Survey(ByteArrayOutputStream bytes) throws IOException {
        super(bytes);
        this.bytes = bytes;
    }

    static Contents of(@Nullable Object object) throws IOException {
        try (Survey survey = new Survey(new ByteArrayOutputStream(512))) {
            survey.writeObject(object);
            survey.flush();
            return new Contents(
                    survey.lambdas,
                    survey.classes,
                    survey.bytes.toByteArray(),
                    survey.owners().isEmpty() && survey.lateBound().isEmpty());
        }
    }

    @Override
    protected @Nullable Object replaceObject(Object object) throws IOException {
        Object written = super.replaceObject(object);
        if (written instanceof SerializedLambda lambda) {
            lambdas.add(lambda);
        } else if (written != null) {
            classes.add(written.getClass());
        }
        return written;
    }
}
