package io.raddle.serde;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes what a set or map holds so that the order of its elements does not show; it cannot be read back. */
final class UnorderedDigest extends Serializer<Object> {
    private @Nullable RecordFormat elements;

    void elementsIn(RecordFormat format) {
        elements = format;
    }

    @Override
    public void write(Kryo kryo, Output output, Object value) {
        long sum = 0;
        int count = 0;
        for (Object element : value instanceof Map<?, ?> map ? map.entrySet() : (Set<?>) value) {
            sum += element instanceof Map.Entry<?, ?> entry && value instanceof Map
                    ? RecordDigest.mixed(31 * digest(entry.getKey()) + digest(entry.getValue()))
                    : digest(element);
            count++;
        }
        output.writeInt(count);
        output.writeLong(sum);
    }

    private long digest(@Nullable Object element) {
        if (elements == null) {
            throw new IllegalStateException("no format for elements");
        }
        byte[] bytes = elements.toBytes(element);
        return RecordDigest.of(bytes, bytes.length);
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
        throw new UnsupportedOperationException("a digest cannot be read back");
    }
}
