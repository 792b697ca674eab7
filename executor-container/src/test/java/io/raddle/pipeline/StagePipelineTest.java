package io.raddle.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.FilterFunction;
import io.raddle.function.FlatMapFunction;
import io.raddle.function.Function;
import io.raddle.function.Function2;
import io.raddle.function.Pair;
import io.raddle.function.PairFunction;
import io.raddle.proto.Coalesce;
import io.raddle.proto.Coalesce.PartitionGroup;
import io.raddle.proto.CollectionSource;
import io.raddle.proto.Operator;
import io.raddle.proto.StagePlan;
import io.raddle.proto.Transform;
import io.raddle.proto.Transform.Shape;
import io.raddle.proto.Union;
import io.raddle.proto.ZipPartitions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StagePipelineTest {
    private final List<Object> functions = new ArrayList<>();
    private final List<Operator> operators = new ArrayList<>();
    private final KillSwitch killSwitch = new KillSwitch();

    static LongStream seeds() {
        Long replay = Long.getLong("seed");
        return replay == null ? LongStream.range(0, 60) : LongStream.of(replay);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void computesWhatPlainCollectionsCompute(long seed) {
        Random random = new Random(seed);
        Expected root = source(1 + random.nextInt(4));
        int steps = random.nextInt(25);
        for (int step = 0; step < steps; step++) {
            root = extend(root, random);
        }

        for (int partition = 0; partition < root.partitions().size(); partition++) {
            assertThat(run(partition)).isEqualTo(root.partitions().get(partition));
        }
    }

    @Test
    void runsTenThousandOperatorsInAConstantDepthOfStack() {
        source(1);
        for (int each = 0; each < 10_000; each++) {
            transform(Shape.MAP, (Function<Integer, Integer>) value -> value + 1);
        }

        assertThat(run(0)).isEqualTo(IntStream.range(10_000, 10_010).boxed().toList());
    }

    @Test
    void pairsKeysAndValues() {
        source(1);
        transform(Shape.FILTER, (FilterFunction<Integer>) value -> value < 2);
        transform(Shape.MAP_TO_PAIR, (PairFunction<Integer, Integer, String>) value -> Pair.of(value, "v" + value));
        transform(Shape.MAP_VALUES, (Function<String, String>) value -> value + "!");
        transform(Shape.FLAT_MAP_VALUES, (FlatMapFunction<String, String>)
                value -> List.of(value, value).iterator());

        assertThat(run(0)).containsExactly(Pair.of(0, "v0!"), Pair.of(0, "v0!"), Pair.of(1, "v1!"), Pair.of(1, "v1!"));
        transform(Shape.VALUES_ONLY, "");
        assertThat(run(0)).containsExactly("v0!", "v0!", "v1!", "v1!");
    }

    @Test
    void takesKeys() {
        source(1);
        transform(Shape.FILTER, (FilterFunction<Integer>) value -> value < 2);
        transform(Shape.MAP_TO_PAIR, (PairFunction<Integer, Integer, String>) value -> Pair.of(value, "v" + value));
        transform(Shape.KEYS_ONLY, "");

        assertThat(run(0)).containsExactly(0, 1);
    }

    @Test
    void letsRecordsBeNull() {
        source(1);
        transform(Shape.FILTER, (FilterFunction<Integer>) value -> value < 3);
        transform(Shape.MAP, (Function<Integer, Integer>) StagePipelineTest::noValue);
        transform(Shape.MAP, (Function<Object, Object>) value -> value);

        assertThat(run(0)).containsExactly(null, null, null);
    }

    @Test
    void tellsPartitionsTheirNumber() {
        source(3);
        transform(Shape.MAP_PARTITIONS_WITH_INDEX, (Function2<Integer, Iterator<Integer>, Iterator<String>>)
                (index, records) -> List.of(index + ":" + records.next()).iterator());

        assertThat(run(2)).containsExactly("2:20");
    }

    @Test
    void takesTheSamePartitionOfAllInputsTogether() {
        source(3);
        source(3);
        zip((partition, sides) -> List.of(partition + ":" + sides[0].next() + "," + sides[1].next())
                .iterator());
        transform(Shape.MAP, (Function<Object, Object>) value -> value + "!");

        assertThat(run(2)).containsExactly("2:20,20!");
    }

    @Test
    void takesWhatAZipThrowsForTheUsers() {
        source(1);
        source(1);
        IOException thrown = new IOException("no");
        zip((partition, sides) -> {
            throw thrown;
        });

        assertThatThrownBy(() -> run(0)).isInstanceOf(UserFailure.class).hasCause(thrown);
    }

    private void zip(Function2<Integer, Iterator<?>[], Iterator<?>> function) {
        functions.add(function);
        operators.add(Operator.newBuilder()
                .addInputs(operators.size() - 2)
                .addInputs(operators.size() - 1)
                .setPartitions(3)
                .setZipPartitions(ZipPartitions.newBuilder()
                        .setFunction(ByteString.copyFromUtf8(Integer.toString(functions.size() - 1))))
                .build());
    }

    @Test
    void carriesWhatAUserFunctionThrowsUnchanged() {
        source(1);
        IOException thrown = new IOException("no");
        transform(Shape.MAP, (Function<Integer, Integer>) value -> {
            throw thrown;
        });

        assertThatThrownBy(() -> run(0)).isInstanceOf(UserFailure.class).hasCause(thrown);
    }

    @Test
    void takesWhatAnIteratorOfTheUserThrowsForTheUsers() {
        source(1);
        transform(Shape.MAP_PARTITIONS, (FlatMapFunction<Iterator<Integer>, Integer>) records -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                throw new IllegalStateException("broken");
            }
        });

        assertThatThrownBy(() -> run(0)).isInstanceOf(UserFailure.class).hasRootCauseMessage("broken");
    }

    @Test
    void refusesAFlatMapThatReturnsNoIterator() {
        source(1);
        transform(Shape.FLAT_MAP, (FlatMapFunction<Integer, Integer>) StagePipelineTest::nothing);

        assertThatThrownBy(() -> run(0)).isInstanceOf(RaddleException.class).hasMessageContaining("returned null");
    }

    @Test
    void endsAtTheNextRecordWhenItIsKilled() {
        source(1);
        transform(Shape.FLAT_MAP, (FlatMapFunction<Integer, Integer>)
                value -> IntStream.iterate(0, i -> i + 1).iterator());
        transform(Shape.MAP, (Function<Integer, Integer>) value -> {
            if (value == 1000) {
                killSwitch.kill(new Cause.Cancelled("the test"));
            }
            return value;
        });
        transform(Shape.FILTER, (FilterFunction<Integer>) value -> false);

        assertThatThrownBy(() -> run(0)).hasMessageContaining("Cancelled by the test");
    }

    @Test
    void opensPartitionsOfACoalesceOneAfterTheOther() {
        source(3);
        coalesce(List.of(List.of(0, 1, 2)));
        List<Integer> opened = new ArrayList<>();
        Iterator<?> records = new StagePipeline(plan())
                .open(
                        0,
                        (plan, index, operator, partition) -> {
                            opened.add(partition);
                            return data(partition).iterator();
                        },
                        this::decode,
                        killSwitch);

        assertThat(opened).isEmpty();
        for (int record = 0; record < 11; record++) {
            assertThat(records.next()).isNotNull();
        }
        assertThat(opened).containsExactly(0, 1);
    }

    @SuppressWarnings("NullAway") // what a careless program does
    private static Iterator<Integer> nothing(Integer value) {
        return null;
    }

    @SuppressWarnings("NullAway") // a record may be null
    private static Integer noValue(Integer value) {
        return null;
    }

    /** What the operators so far should compute, by partition. */
    private record Expected(List<List<Object>> partitions) {
        Expected each(UnaryOperator<List<Object>> change) {
            return new Expected(partitions.stream().map(change).toList());
        }
    }

    private Expected extend(Expected before, Random random) {
        switch (random.nextInt(7)) {
            case 0 -> {
                int by = random.nextInt(5);
                transform(Shape.MAP, (Function<Integer, Integer>) value -> value + by);
                return before.each(
                        all -> all.stream().<Object>map(v -> (int) v + by).toList());
            }
            case 1 -> {
                int by = 2 + random.nextInt(3);
                transform(Shape.FILTER, (FilterFunction<Integer>) value -> value % by != 0);
                return before.each(
                        all -> all.stream().filter(v -> (int) v % by != 0).toList());
            }
            case 2 -> {
                int most = random.nextInt(3);
                transform(Shape.FLAT_MAP, (FlatMapFunction<Integer, Integer>)
                        value -> copies(value, most).iterator());
                return before.each(all -> all.stream()
                        .<Object>flatMap(v -> copies((int) v, most).stream())
                        .toList());
            }
            case 3 -> {
                transform(Shape.MAP_PARTITIONS, (FlatMapFunction<Iterator<Integer>, Integer>) records -> {
                    List<Integer> all = new ArrayList<>();
                    records.forEachRemaining(all::add);
                    Collections.reverse(all);
                    return all.iterator();
                });
                return before.each(all -> {
                    List<Object> reversed = new ArrayList<>(all);
                    Collections.reverse(reversed);
                    return reversed;
                });
            }
            case 4 -> {
                return before.partitions().size() > 64 ? before : unite(before, random);
            }
            case 5 -> {
                return coalesce(before, random);
            }
            default -> {
                transform(Shape.MAP_PARTITIONS_WITH_INDEX, (Function2<Integer, Iterator<Integer>, Iterator<Integer>>)
                        (index, records) -> new Shifted(records, index));
                List<List<Object>> shifted = new ArrayList<>();
                for (int p = 0; p < before.partitions().size(); p++) {
                    int by = p;
                    shifted.add(before.partitions().get(p).stream()
                            .<Object>map(v -> (int) v + by)
                            .toList());
                }
                return new Expected(shifted);
            }
        }
    }

    private Expected unite(Expected before, Random random) {
        int root = operators.size() - 1;
        Expected other = source(1 + random.nextInt(3));
        operators.add(Operator.newBuilder()
                .addInputs(root)
                .addInputs(operators.size() - 1)
                .addInputs(root)
                .setPartitions(
                        2 * before.partitions().size() + other.partitions().size())
                .setUnion(Union.getDefaultInstance())
                .build());
        List<List<Object>> all = new ArrayList<>(before.partitions());
        all.addAll(other.partitions());
        all.addAll(before.partitions());
        return new Expected(all);
    }

    private Expected coalesce(Expected before, Random random) {
        int wanted = 1 + random.nextInt(before.partitions().size());
        List<List<Integer>> groups = IntStream.range(0, wanted)
                .<List<Integer>>mapToObj(group -> new ArrayList<>())
                .toList();
        for (int p = 0; p < before.partitions().size(); p++) {
            groups.get(random.nextInt(wanted)).add(p);
        }
        coalesce(groups);
        return new Expected(groups.stream()
                .map(group -> group.stream()
                        .flatMap(p -> before.partitions().get(p).stream())
                        .toList())
                .toList());
    }

    private record Shifted(Iterator<Integer> records, int by) implements Iterator<Integer> {
        @Override
        public boolean hasNext() {
            return records.hasNext();
        }

        @Override
        public Integer next() {
            return records.next() + by;
        }
    }

    private static List<Integer> copies(int value, int most) {
        return Collections.nCopies(Math.floorMod(value, most + 1), value);
    }

    private Expected source(int partitions) {
        operators.add(Operator.newBuilder()
                .setPartitions(partitions)
                .setCollectionSource(CollectionSource.getDefaultInstance())
                .build());
        return new Expected(
                IntStream.range(0, partitions).mapToObj(StagePipelineTest::data).toList());
    }

    private static List<Object> data(int partition) {
        return IntStream.range(10 * partition, 10 * partition + 10)
                .<Object>mapToObj(i -> i)
                .toList();
    }

    private void transform(Shape shape, Object function) {
        functions.add(function);
        operators.add(Operator.newBuilder()
                .addInputs(operators.size() - 1)
                .setTransform(Transform.newBuilder()
                        .setShape(shape)
                        .setFunction(ByteString.copyFromUtf8(Integer.toString(functions.size() - 1))))
                .build());
    }

    private void coalesce(List<List<Integer>> groups) {
        Coalesce.Builder coalesce = Coalesce.newBuilder();
        groups.forEach(group -> coalesce.addGroups(PartitionGroup.newBuilder().addAllPartitions(group)));
        operators.add(Operator.newBuilder()
                .addInputs(operators.size() - 1)
                .setPartitions(groups.size())
                .setCoalesce(coalesce)
                .build());
    }

    private StagePlan plan() {
        return StagePlan.newBuilder().addAllOperators(operators).build();
    }

    private Object decode(ByteString number) {
        return functions.get(Integer.parseInt(number.toStringUtf8()));
    }

    private List<Object> run(int partition) {
        Iterator<?> records = new StagePipeline(plan())
                .open(partition, (plan, index, operator, p) -> data(p).iterator(), this::decode, killSwitch);
        List<Object> all = new ArrayList<>();
        records.forEachRemaining(all::add);
        return all;
    }
}
