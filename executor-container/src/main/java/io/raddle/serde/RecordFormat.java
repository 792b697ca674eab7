package io.raddle.serde;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The record serializer of one application, whose classes it finds in the given loader. Safe for all threads. */
public final class RecordFormat {
    private final ClassLoader loader;
    private final Supplier<GeneralCodec> codecs;
    private final ConcurrentLinkedDeque<GeneralCodec> idle = new ConcurrentLinkedDeque<>();

    public RecordFormat(ClassLoader loader) {
        this(loader, () -> new GeneralCodec(loader));
    }

    private RecordFormat(ClassLoader loader, Supplier<GeneralCodec> codecs) {
        this.loader = loader;
        this.codecs = codecs;
    }

    /** Digests of the records of this application. */
    public RecordDigest digest() {
        UnorderedDigest unordered = new UnorderedDigest();
        RecordFormat canonical = new RecordFormat(loader, () -> GeneralCodec.ofDigests(loader, unordered));
        unordered.elementsIn(canonical);
        return new RecordDigest(canonical, this);
    }

    /** A writer of self-contained bytes. */
    public RecordWriter writer() {
        return new RecordWriter(this, ClassTable.ofFrame());
    }

    /** A writer whose bytes only readers with the same table can read. */
    public RecordWriter writer(ClassTable table) {
        return new RecordWriter(this, table);
    }

    /** A reader of what {@link #writer()} wrote; it has nothing to read until it is given bytes. */
    public RecordReader reader() {
        return new RecordReader(this, ClassTable.ofFrame());
    }

    /** A reader of what a writer with this table wrote. */
    public RecordReader reader(ClassTable table) {
        return new RecordReader(this, table);
    }

    /** The bytes of one value. */
    public byte[] toBytes(@Nullable Object value) {
        RecordWriter writer = writer();
        writer.write(value);
        return writer.toByteArray();
    }

    /** The one value in {@code bytes}. */
    public @Nullable Object fromBytes(byte[] bytes) {
        RecordReader reader = reader();
        reader.reset(bytes, 0, bytes.length);
        return reader.read();
    }

    GeneralCodec borrow() {
        GeneralCodec codec = idle.pollFirst();
        return codec == null ? codecs.get() : codec;
    }

    void giveBack(GeneralCodec codec) {
        idle.addFirst(codec);
    }
}
