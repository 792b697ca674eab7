package io.raddle.plan;

import com.google.protobuf.ByteString;
import io.raddle.id.ShuffleId;
import io.raddle.proto.Combine;

/**
 * An exchange of records: how the writing side places and combines them and how the reading side brings them together.
 * An empty {@code partitioner} deals records out in turn: as they come, or where {@code write} sorts, by what they hold.
 */
public record Shuffle(ShuffleId id, int partitions, ByteString partitioner, Combine write, Combine read) {}
