package io.raddle.serde;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayList;
import java.util.List;

/** A {@link Sequence} within an object of the user: whatever its class, it is read back as a list. */
final class SequenceSerializer extends Serializer<Object> {
    @Override
    public void write(Kryo kryo, Output output, Object value) {
        Sequence sequence = (Sequence) value;
        output.writeVarLong(sequence.count(), true);
        sequence.forEach(each -> kryo.writeClassAndObject(output, each));
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
        List<Object> values = new ArrayList<>();
        kryo.reference(values);
        for (long left = input.readVarLong(true); left > 0; left--) {
            values.add(kryo.readClassAndObject(input));
        }
        return values;
    }
}
