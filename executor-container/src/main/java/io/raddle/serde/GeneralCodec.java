package io.raddle.serde;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import com.esotericsoftware.kryo.util.DefaultInstantiatorStrategy;
import com.esotericsoftware.kryo.util.MapReferenceResolver;
import io.raddle.fault.RaddleException;
import java.io.Serializable;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objenesis.strategy.StdInstantiatorStrategy;

/**
 * Kryo, set up so that any class of the user works unregistered and class names are written once per
 * {@link ClassTable}. Holds no state between two calls; used by one thread at a time.
 */
final class GeneralCodec {
    private static final ClassValue<Class<?>> WRITTEN_AS = new ClassValue<>() {
        @Override
        protected Class<?> computeValue(Class<?> type) {
            if (Sequence.class.isAssignableFrom(type)) {
                return Sequence.class;
            }
            // No class loader finds a hidden class, such as that of a lambda, by its name.
            boolean byItself = type.isHidden() && Serializable.class.isAssignableFrom(type);
            return byItself ? Serializable.class : Views.writtenAs(type);
        }
    };

    private final TableResolver classes = new TableResolver();
    private final Kryo kryo;
    private final Output output = new Output(new byte[0], -1);
    private final Input input = new Input(new byte[0]);
    private int end;

    GeneralCodec(ClassLoader loader) {
        this(loader, null);
    }

    /** Writes only: sets and maps without an order go through {@code unordered}, and shared objects are written again. */
    static GeneralCodec ofDigests(ClassLoader loader, Serializer<?> unordered) {
        return new GeneralCodec(loader, unordered);
    }

    private GeneralCodec(ClassLoader loader, @Nullable Serializer<?> unordered) {
        kryo = new Kryo(classes, new MapReferenceResolver()) {
            @Override
            public Serializer<?> getDefaultSerializer(@SuppressWarnings("rawtypes") Class type) {
                return unordered != null && SerializerChoice.isUnordered(type)
                        ? unordered
                        : SerializerChoice.orBetter(type, super.getDefaultSerializer(type));
            }

            @Override
            protected Serializer<?> newDefaultSerializer(@SuppressWarnings("rawtypes") Class type) {
                Serializer<?> better = SerializerChoice.insteadOfFields(type);
                return better == null ? super.newDefaultSerializer(type) : better;
            }

            @Override
            public Registration getRegistration(@SuppressWarnings("rawtypes") Class type) {
                Class<?> written = WRITTEN_AS.get(type);
                boolean sorted = unordered == null || written != LinkedHashSet.class;
                return super.getRegistration(sorted || !SerializerChoice.isUnordered(type) ? written : HashSet.class);
            }
        };
        kryo.register(Sequence.class, new SequenceSerializer());
        kryo.register(Serializable.class, new JavaSerializer());
        kryo.register(Map.Entry.class, new Views.EntrySerializer());
        kryo.setReferences(unordered == null);
        kryo.setClassLoader(loader);
        kryo.setRegistrationRequired(false);
        kryo.setInstantiatorStrategy(new DefaultInstantiatorStrategy(new StdInstantiatorStrategy()));
    }

    /** Where the value of the last call ended. */
    int end() {
        return end;
    }

    /** Writes {@code value} into {@code buffer} from {@code start} and gives back the buffer, which may be another. */
    byte[] write(Object value, ClassTable table, byte[] buffer, int start) {
        classes.use(table);
        output.setBuffer(buffer, -1);
        output.setPosition(start);
        try {
            kryo.writeClassAndObject(output, value);
            end = output.position();
            return output.getBuffer();
        } catch (KryoBufferOverflowException e) {
            throw TooLarge.record();
        } catch (OutOfMemoryError full) {
            throw TooLarge.blamed(2L * output.getBuffer().length, full);
        } catch (RuntimeException | StackOverflowError e) {
            throw Unserializable.typed(value, e);
        } finally {
            kryo.reset();
            output.setBuffer(new byte[0], -1);
        }
    }

    Object read(ClassTable table, byte[] bytes, int start, int limit) {
        classes.use(table);
        input.setBuffer(bytes, start, limit - start);
        try {
            Object value = kryo.readClassAndObject(input);
            end = input.position();
            return value;
        } catch (KryoException e) {
            if (e.getCause() instanceof RaddleException typed) {
                throw typed;
            }
            throw e;
        } finally {
            kryo.reset();
            input.setBuffer(new byte[0]);
        }
    }
}
