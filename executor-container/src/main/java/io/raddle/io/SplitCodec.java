package io.raddle.io;

import com.google.protobuf.ByteString;
import io.raddle.closure.ClosureCodec;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.HadoopSplit;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.DataInputBuffer;
import org.apache.hadoop.io.Writable;
import org.jspecify.annotations.Nullable;

/** Carries the splits of InputFormats to tasks. Stateless. */
public final class SplitCodec {
    private static final int MOST_HOSTS = 3;

    private SplitCodec() {}

    static LocatedSplit encode(Object split, String @Nullable [] locations) {
        List<String> hosts = locations == null
                ? List.of()
                : Arrays.stream(locations)
                        .filter(host -> host != null && !host.equals("localhost"))
                        .limit(MOST_HOSTS)
                        .toList();
        return new LocatedSplit(
                HadoopSplit.newBuilder()
                        .setSplitClass(split.getClass().getName())
                        .setSplit(ByteString.copyFrom(bytes(split)))
                        .build(),
                hosts);
    }

    /** The split as its format made it; {@code kind} is its type in the old or in the new API. */
    public static <T> T decode(HadoopSplit split, Class<T> kind, Configuration configuration) {
        Class<?> type = HadoopClasses.named(split.getSplitClass(), configuration);
        if (!Writable.class.isAssignableFrom(type)) {
            return ClosureCodec.thaw(split.getSplit().toByteArray(), kind, configuration.getClassLoader());
        }
        T made = HadoopClasses.instance(type, kind, configuration);
        DataInputBuffer in = new DataInputBuffer();
        byte[] bytes = split.getSplit().toByteArray();
        in.reset(bytes, bytes.length);
        try {
            ((Writable) made).readFields(in);
        } catch (IOException e) {
            throw unusable(type, e);
        }
        return made;
    }

    private static byte[] bytes(Object split) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (split instanceof Writable writable) {
                writable.write(new DataOutputStream(bytes));
            } else if (split instanceof Serializable) {
                try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                    out.writeObject(split);
                }
            } else {
                throw new IOException("it is neither Writable nor Serializable");
            }
        } catch (IOException e) {
            throw unusable(split.getClass(), e);
        }
        return bytes.toByteArray();
    }

    private static RaddleException unusable(Class<?> type, IOException why) {
        return new RaddleException(
                new Cause.InvalidInput(
                        "An InputSplit of " + type.getName() + " cannot travel: " + FileTrouble.firstLine(why) + ".",
                        "Let its write and readFields fit each other, or make it Serializable."),
                why);
    }
}
