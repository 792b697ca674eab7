package io.raddle.serde;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.util.ReflectionUtils;

/** Writables in the form that they define themselves. */
final class WritableSerializer extends Serializer<Writable> {
    private final Configuration none = new Configuration(false);

    @Override
    public void write(Kryo kryo, Output output, Writable value) {
        try {
            value.write(new DataOutputStream(output));
        } catch (IOException e) {
            throw new KryoException(e);
        }
    }

    @Override
    public Writable read(Kryo kryo, Input input, Class<? extends Writable> type) {
        if (type == NullWritable.class) {
            return NullWritable.get();
        }
        try {
            Writable value = ReflectionUtils.newInstance(type, none);
            kryo.reference(value);
            value.readFields(new DataInputStream(input));
            return value;
        } catch (IOException e) {
            throw new KryoException(e);
        }
    }
}
