package io.raddle.io;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.ArrayWritable;
import org.apache.hadoop.io.BooleanWritable;
import org.apache.hadoop.io.ByteWritable;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.DataInputBuffer;
import org.apache.hadoop.io.DataOutputBuffer;
import org.apache.hadoop.io.DoubleWritable;
import org.apache.hadoop.io.FloatWritable;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.MapWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.ShortWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.VIntWritable;
import org.apache.hadoop.io.VLongWritable;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.util.ReflectionUtils;
import org.jspecify.annotations.Nullable;

/** Writables and the Java values that they stand for. Stateless. */
public final class Writables {
    private Writables() {}

    /** The Java value of a Writable that has one, whole through lists and maps; another is given back as it is. */
    static @Nullable Object toJava(@Nullable Object value) {
        if (value instanceof Text text) {
            return text.toString();
        }
        if (value instanceof NullWritable) {
            return null;
        }
        if (value instanceof BytesWritable bytes) {
            return bytes.copyBytes();
        }
        if (value instanceof BooleanWritable bool) {
            return bool.get();
        }
        if (value instanceof ArrayWritable array) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Writable each : array.get()) {
                list.add(toJava(each));
            }
            return list;
        }
        if (value instanceof MapWritable map) {
            Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
            map.forEach((key, each) -> values.put(toJava(key), toJava(each)));
            return values;
        }
        return number(value);
    }

    private static @Nullable Object number(@Nullable Object value) {
        if (value instanceof IntWritable number) {
            return number.get();
        }
        if (value instanceof LongWritable number) {
            return number.get();
        }
        if (value instanceof DoubleWritable number) {
            return number.get();
        }
        if (value instanceof FloatWritable number) {
            return number.get();
        }
        if (value instanceof VIntWritable number) {
            return number.get();
        }
        if (value instanceof VLongWritable number) {
            return number.get();
        }
        if (value instanceof ShortWritable number) {
            return number.get();
        }
        return value instanceof ByteWritable number ? number.get() : value;
    }

    /** The Writable class that stands for a Java class; a Writable stands for itself. */
    public static Class<?> classFor(Class<?> type) {
        if (Writable.class.isAssignableFrom(type)) {
            return type;
        }
        Class<?> found = BY_JAVA_CLASS.get(type);
        if (found == null) {
            throw new RaddleException(new Cause.InvalidInput(
                    "No Writable stands for " + type.getTypeName() + ".",
                    "Map the records to Writables, strings, numbers, booleans or byte arrays first, or use"
                            + " saveAsObjectFile, which takes any class."));
        }
        return found;
    }

    /** {@code value} as an instance of {@code wanted}, which a Writable class is. */
    static Object toWritable(@Nullable Object value, Class<?> wanted) {
        if (wanted.isInstance(value)) {
            return value;
        }
        Object made = wanted == NullWritable.class ? NullWritable.get() : made(value, wanted);
        if (made == null) {
            throw new RaddleException(new Cause.InvalidInput(
                    "A record holds "
                            + (value == null ? "null" : "a " + value.getClass().getTypeName()) + " where "
                            + wanted.getName() + " is to be written.",
                    "Name the classes that the records have, or map the records to those that are named."));
        }
        return made;
    }

    private static @Nullable Object made(@Nullable Object value, Class<?> wanted) {
        if (value instanceof String text) {
            return wanted == Text.class ? new Text(text) : null;
        }
        if (value instanceof byte[] bytes) {
            return wanted == BytesWritable.class ? new BytesWritable(bytes) : null;
        }
        if (value instanceof Boolean bool) {
            return wanted == BooleanWritable.class ? new BooleanWritable(bool) : null;
        }
        if (value instanceof Integer number) {
            return wanted == IntWritable.class
                    ? new IntWritable(number)
                    : wanted == VIntWritable.class ? new VIntWritable(number) : null;
        }
        if (value instanceof Long number) {
            return wanted == LongWritable.class
                    ? new LongWritable(number)
                    : wanted == VLongWritable.class ? new VLongWritable(number) : null;
        }
        if (value instanceof Double number) {
            return wanted == DoubleWritable.class ? new DoubleWritable(number) : null;
        }
        if (value instanceof Float number) {
            return wanted == FloatWritable.class ? new FloatWritable(number) : null;
        }
        if (value instanceof Short number) {
            return wanted == ShortWritable.class ? new ShortWritable(number) : null;
        }
        return value instanceof Byte number && wanted == ByteWritable.class ? new ByteWritable(number) : null;
    }

    /** Another instance with the same content. */
    static Writable copy(Writable value, Configuration configuration) {
        if (value instanceof NullWritable) {
            return value;
        }
        if (value.getClass() == Text.class) {
            return new Text((Text) value);
        }
        DataOutputBuffer out = new DataOutputBuffer();
        DataInputBuffer in = new DataInputBuffer();
        try {
            value.write(out);
            in.reset(out.getData(), out.getLength());
            Writable copy = ReflectionUtils.newInstance(value.getClass(), configuration);
            copy.readFields(in);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final Map<Class<?>, Class<?>> BY_JAVA_CLASS = Map.ofEntries(
            Map.entry(String.class, Text.class),
            Map.entry(byte[].class, BytesWritable.class),
            Map.entry(Boolean.class, BooleanWritable.class),
            Map.entry(Integer.class, IntWritable.class),
            Map.entry(Long.class, LongWritable.class),
            Map.entry(Double.class, DoubleWritable.class),
            Map.entry(Float.class, FloatWritable.class),
            Map.entry(Short.class, ShortWritable.class),
            Map.entry(Byte.class, ByteWritable.class),
            Map.entry(Void.class, NullWritable.class));
}
