package io.raddle.plan;

import com.google.protobuf.ByteString;
import io.raddle.id.ShuffleId;
import io.raddle.proto.Combine;

/**
 * An exchange of records: how the writing side places and combines them and how the reading side brings them together.
 * An empty {@code partitioner} places records round robin, without looking at them.
 */
public record Shuffle(ShuffleId id, int partitions, ByteString partitioner, Combine write, Combine read) {}
