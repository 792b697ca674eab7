package io.raddle.plan;

import com.google.protobuf.ByteString;
import io.raddle.proto.Output;
import java.util.Map;

/** What becomes of the records of a job. */
public sealed interface Sink {
    /** A function makes one value of each partition. */
    record Value(ByteString function) implements Sink {}

    /** Each partition is written as it is to a file of a directory, from which later jobs read it. */
    record Checkpoint(String directory) implements Sink {}

    /** Each partition is written to a file of {@code path}; an empty {@code codec} leaves it uncompressed. */
    record Files(String path, String codec, Map<String, String> configuration) implements Sink {
        public Files {
            configuration = Map.copyOf(configuration);
        }
    }

    /** Each partition is written and committed as {@code output} says. */
    record Written(Output output) implements Sink {}
}
