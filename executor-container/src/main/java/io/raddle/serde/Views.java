package io.raddle.serde;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the JDK's collections show of themselves and cannot be serialized: sublists, key sets, entries. They travel as
 * what they hold, and come back as a collection or an entry of their own.
 */
final class Views {
    private Views() {}

    /** The class that stands for a view; any other class stands for itself. */
    static Class<?> writtenAs(Class<?> type) {
        if (Serializable.class.isAssignableFrom(type)
                || Modifier.isPublic(type.getModifiers())
                || !SerializerChoice.ofJdk(type)) {
            return type;
        }
        if (Map.Entry.class.isAssignableFrom(type)) {
            return Map.Entry.class;
        }
        if (Set.class.isAssignableFrom(type)) {
            return LinkedHashSet.class;
        }
        return Collection.class.isAssignableFrom(type) ? ArrayList.class : type;
    }

    /** An entry as its key and its value. */
    static final class EntrySerializer extends Serializer<Map.Entry<?, ?>> {
        @Override
        public void write(Kryo kryo, Output output, Map.Entry<?, ?> entry) {
            kryo.writeClassAndObject(output, entry.getKey());
            kryo.writeClassAndObject(output, entry.getValue());
        }

        @Override
        public Map.Entry<?, ?> read(Kryo kryo, Input input, Class<? extends Map.Entry<?, ?>> type) {
            Object key = kryo.readClassAndObject(input);
            return new SimpleImmutableEntry<>(key, kryo.readClassAndObject(input));
        }
    }
}
