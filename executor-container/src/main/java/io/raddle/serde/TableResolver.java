package io.raddle.serde;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultClassResolver;

/** Kryo's class resolver with the names kept in a {@link ClassTable} that outlives the single value. */
final class TableResolver extends DefaultClassResolver {
    private static final int NAMED = NAME + 2;

    private ClassTable table = ClassTable.ofFrame();

    void use(ClassTable table) {
        this.table = table;
    }

    @Override
    protected void writeName(Output output, @SuppressWarnings("rawtypes") Class type, Registration registration) {
        output.writeVarInt(NAMED, true);
        int number = table.numberOf(type);
        boolean first = number == ClassTable.UNKNOWN;
        if (first) {
            number = table.add(type);
        }
        output.writeVarInt(number, true);
        if (first && !table.inProcess()) {
            output.writeString(type.getName());
        }
    }

    @Override
    protected Registration readName(Input input) {
        int number = input.readVarInt(true);
        if (number == table.size() && !table.inProcess()) {
            table.add(find(input.readString()));
        }
        return kryo.getRegistration(table.get(number));
    }

    private Class<?> find(String name) {
        try {
            return Class.forName(name, false, kryo.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new KryoException("class " + name + " of a record cannot be loaded", e);
        }
    }
}
