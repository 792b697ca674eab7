package io.raddle.plan;

import com.google.protobuf.ByteString;
import io.raddle.io.LocatedSplit;
import io.raddle.proto.Coalesce.PartitionGroup;
import io.raddle.proto.HadoopSource;
import io.raddle.proto.Split;
import io.raddle.proto.Transform.Shape;
import java.util.List;
import java.util.Map;

/** What a node of lineage does with the records of its inputs. */
public sealed interface Operation {
    /** Lines of files, with what the program says of Hadoop's configuration. */
    record Text(List<InputSplit> splits, Map<String, String> configuration) implements Operation {
        public Text {
            splits = List.copyOf(splits);
            configuration = Map.copyOf(configuration);
        }
    }

    /** What a reader makes of files, or an InputFormat of its splits. */
    record Formatted(HadoopSource source, List<LocatedSplit> splits) implements Operation {
        public Formatted {
            splits = List.copyOf(splits);
        }
    }

    /** Records of a collection, encoded: a split for each partition, in itself or as an artifact. */
    record Slices(List<Split> splits) implements Operation {
        public Slices {
            splits = List.copyOf(splits);
        }
    }

    /** A function over the records of the only input; empty for shapes that need none. */
    record Apply(Shape shape, ByteString function) implements Operation {}

    /** The partitions of all inputs, laid end to end. */
    record Concatenate() implements Operation {}

    /** Groups of partitions of the only input. */
    record Regroup(List<PartitionGroup> groups) implements Operation {
        public Regroup {
            groups = List.copyOf(groups);
        }
    }

    /** The records of the only input, exchanged: here a lineage is cut into stages. */
    record Exchange(Shuffle shuffle) implements Operation {}

    /** Inputs of one partitioner brought together by key. */
    record Together() implements Operation {}

    /** Each record of the first input with each of the second, a partition for each two of theirs. */
    record Cartesian() implements Operation {}

    /** What an earlier job wrote as a checkpoint: a file for each partition, with the hosts that hold it. */
    record Checkpointed(String directory, List<List<String>> hosts) implements Operation {
        public Checkpointed {
            hosts = List.copyOf(hosts);
        }
    }

    /** A function over the same partition of all inputs. */
    record Zip(ByteString function) implements Operation {}
}
