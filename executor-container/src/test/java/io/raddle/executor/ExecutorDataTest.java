package io.raddle.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.UserCode;
import io.raddle.function.Pair;
import io.raddle.io.OutputJob;
import io.raddle.io.OutputMaker;
import io.raddle.proto.Artifact;
import io.raddle.proto.BlockHolder;
import io.raddle.proto.CommitAnswer;
import io.raddle.proto.DriverMessage;
import io.raddle.proto.DropShuffle;
import io.raddle.proto.KeptElsewhere;
import io.raddle.proto.MapOutput;
import io.raddle.proto.MapOutputs;
import io.raddle.proto.PeerAddress;
import io.raddle.proto.ShuffleInput;
import io.raddle.proto.StagePlan;
import io.raddle.proto.Storage;
import io.raddle.proto.TaskLaunch;
import io.raddle.proto.TaskReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutorDataTest {
    private static final OutputMaker MAKER = new OutputMaker("test", 1);

    private static final int PARTITIONS = 3;

    @TempDir
    Path directory;

    private RunningExecutor executor;

    @BeforeEach
    void start() {
        executor = new RunningExecutor(directory);
    }

    @AfterEach
    void stop() {
        executor.close();
    }

    @Test
    void addsUpValuesOverAShuffle() {
        List<MapOutput> outputs = writeShuffle(1, 0);
        assertThat(outputs).allMatch(each -> each.getSizes().size() == PARTITIONS);

        List<Object> sums = new ArrayList<>();
        StagePlan plan = TestPlans.reduceSide(1, PARTITIONS);
        for (int p = 0; p < PARTITIONS; p++) {
            sums.addAll(collected(plan, 100 + p, p, table(1, outputs)));
        }

        assertThat(sums)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 10).mapToObj(key -> Pair.of(key, 40)).toList());
    }

    @Test
    void bringsTwoShufflesTogetherByKey() {
        ShuffleInput first = table(1, writeShuffle(1, 0));
        ShuffleInput second = table(2, writeShuffle(2, 10));

        List<Object> groups = new ArrayList<>();
        StagePlan plan = TestPlans.together(1, 2, PARTITIONS);
        for (int p = 0; p < PARTITIONS; p++) {
            groups.addAll(collected(plan, 100 + p, p, first, second));
        }

        assertThat(groups)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 10)
                        .mapToObj(key -> Pair.of(key, List.of(40, 40)))
                        .toList());
    }

    @Test
    void keepsNothingOnDiskThatItHasReadIntoMemory() {
        ShuffleInput table = table(1, writeShuffle(1, 0));
        StagePlan plan = TestPlans.reduceSide(1, PARTITIONS);

        assertThat(collected(plan, 100, 0, table)).isNotEmpty();

        assertThat(directory.resolve("artifacts")).isEmptyDirectory();
        assertThat(collected(plan, 101, 1, table)).isNotEmpty();
    }

    @Test
    void keepsAFewOfThePlansThatCameAndAsksForOthersWhenTheyRun() {
        StagePlan plan = TestPlans.collect();
        executor.launch(plan);
        for (int others = 0; others < Plans.MAX_PLANS; others++) {
            executor.launch(TestPlans.output("another plan " + others));
        }

        executor.endpoint.send(TestPlans.launchOfKnown(TestPlans.task(plan, 0, List.of(1))));
        assertThat(executor.report(0).getCause().getHappened()).contains("plan could not be fetched");

        executor.endpoint.publish("plan", plan.toByteArray(), plan.toByteArray());
        executor.endpoint.send(TestPlans.launchOfKnown(TestPlans.task(plan, 1, List.of(1))));
        assertThat(executor.report(1).hasResult()).isTrue();
    }

    @Test
    void namesTheMapsThatCannotBeRead() {
        List<MapOutput> outputs = new ArrayList<>(writeShuffle(1, 0));
        outputs.set(1, outputs.get(1).toBuilder().setMapId("lost").build());
        StagePlan plan = TestPlans.reduceSide(1, PARTITIONS);

        executor.launch(plan, reduce(plan, 100, 0, table(1, outputs)));

        var lost = executor.report(100).getCause().getFetchFailed();
        assertThat(lost.getShuffle()).isEqualTo(1);
        assertThat(lost.getMapsList()).containsExactly(1);
    }

    @Test
    void namesTheKeptPartitionOfWhichNothingIsThere() {
        StagePlan.Builder plan = TestPlans.reduceSide(1, PARTITIONS).toBuilder();
        plan.getOperatorsBuilder(plan.getOperatorsCount() - 1)
                .setStorage(Storage.newBuilder().setId(8).setMemory(true));
        TaskLaunch task = reduce(plan.build(), 100, 2).toBuilder()
                .addKeptElsewhere(KeptElsewhere.newBuilder()
                        .setStorage(8)
                        .setPartition(2)
                        .addHolders(BlockHolder.newBuilder()
                                .setExecutor(5)
                                .setAddress(PeerAddress.newBuilder().setHost("raddle-nobody"))))
                .build();

        executor.launch(plan.build(), task);

        var lost = executor.report(100).getCause().getBlockLost();
        assertThat(lost.getStorage()).isEqualTo(8);
        assertThat(lost.getPartition()).isEqualTo(2);
        assertThat(lost.getExecutorsList()).containsExactly(5);
    }

    @Test
    void tellsOfItsMapOutputsUntilTheyAreDropped() {
        List<MapOutput> outputs = writeShuffle(1, 0);

        executor.endpoint.breakStream();
        await().until(() -> executor.endpoint.attaches() == 2);
        assertThat(executor.endpoint.lastSnapshot().getMapOutputsList())
                .extracting(MapOutput::getMapId)
                .containsExactlyInAnyOrderElementsOf(
                        outputs.stream().map(MapOutput::getMapId).toList());

        executor.endpoint.send(DriverMessage.newBuilder()
                .setDropShuffle(DropShuffle.newBuilder().setShuffle(1))
                .build());
        executor.run(TestPlans.collect(), 1);
        executor.endpoint.breakStream();
        await().until(() -> executor.endpoint.attaches() == 3);
        assertThat(executor.endpoint.lastSnapshot().getMapOutputsList()).isEmpty();
    }

    @Test
    void dropsWhatItWroteForADriverThatIsGone() throws IOException {
        List<MapOutput> outputs = writeShuffle(1, 0);
        assertThat(onDisk(outputs)).isTrue();

        executor.endpoint.startAnew();
        await().until(() -> !onDisk(outputs));
        executor.endpoint.breakStream();

        await().until(() -> executor.endpoint.attaches() == 3);
        assertThat(executor.endpoint.lastSnapshot().getMapOutputsList()).isEmpty();
    }

    @Test
    void publishesOutputWhenTheDriverGrantsIt() {
        Path target = directory.resolve("out");
        OutputJob job = new OutputJob(target.toString(), new Configuration(), MAKER);
        job.setUp();
        StagePlan plan = TestPlans.output(target.toString());

        executor.launch(plan, TestPlans.task(plan, 0, List.of("a", "b")));
        awaitCommitRequest();
        answer(true);

        TaskReport report = executor.report(0);
        assertThat(report.getResult().getCommitted()).isTrue();
        assertThat(report.getMetrics().getRecordsOut()).isEqualTo(2);
        job.commit();
        assertThat(target.resolve("part-00000")).hasContent("a\nb\n");
    }

    @Test
    void asksAgainForACommitAfterItLostTheDriver() {
        Path target = directory.resolve("out");
        new OutputJob(target.toString(), new Configuration(), MAKER).setUp();
        StagePlan plan = TestPlans.output(target.toString());
        executor.launch(plan, TestPlans.task(plan, 0, List.of("a")));
        awaitCommitRequest();

        executor.endpoint.breakStream();
        await().until(() -> executor.endpoint.heard().stream()
                        .filter(each -> each.hasCommitRequest())
                        .count()
                == 2);

        answer(true);
        assertThat(executor.report(0).getResult().getCommitted()).isTrue();
    }

    @Test
    void removesOutputThatTheDriverDenies() {
        Path target = directory.resolve("out");
        new OutputJob(target.toString(), new Configuration(), MAKER).setUp();
        StagePlan plan = TestPlans.output(target.toString());

        executor.launch(plan, TestPlans.task(plan, 0, List.of("a")));
        awaitCommitRequest();
        answer(false);

        assertThat(executor.report(0).getCause().hasCommitDenied()).isTrue();
        assertThat(target.resolve("_temporary/0/_temporary")).isEmptyDirectory();
    }

    @Test
    void runsClassesOfTheApplicationsJarsAndHearsOfTheirExit() throws IOException {
        StagePlan plan = TestPlans.mapped(UserCode.exiting()).toBuilder()
                .addJars(jarOf(UserCode.class))
                .build();

        assertThat(executor.run(plan, 3).getCause().getUserExit().getCode()).isEqualTo(3);
    }

    @Test
    void compressesMapOutputsAsTheDriverSays() {
        StagePlan plan = TestPlans.spread(1, PARTITIONS);
        String letters = "x".repeat(50_000);

        long usual = executor.run(plan, letters).getMetrics().getShuffleBytesWritten();
        executor.endpoint.configure("raddle.shuffle.codec", "none");
        executor.endpoint.breakStream();
        await().until(() -> executor.endpoint.attaches() == 2);
        executor.launch(plan, TestPlans.task(plan, 1, List.of(letters)));

        assertThat(usual).isBetween(1L, 5_000L);
        assertThat(executor.report(1).getMetrics().getShuffleBytesWritten()).isGreaterThan(50_000);
    }

    private void awaitCommitRequest() {
        await().until(() -> executor.endpoint.heard().stream().anyMatch(each -> each.hasCommitRequest()));
    }

    private void answer(boolean granted) {
        executor.endpoint.send(DriverMessage.newBuilder()
                .setCommitAnswer(CommitAnswer.newBuilder()
                        .setAttempt(TestPlans.attempt(0))
                        .setGranted(granted))
                .build());
    }

    private List<MapOutput> writeShuffle(int shuffle, int firstTask) {
        StagePlan plan = TestPlans.mapSide(shuffle, PARTITIONS);
        List<Integer> records = IntStream.range(0, 100).boxed().toList();
        TaskLaunch[] tasks = IntStream.range(0, 4)
                .mapToObj(map -> TestPlans.task(plan, firstTask + map, records).toBuilder()
                        .setShuffleEpoch(1)
                        .build())
                .toArray(TaskLaunch[]::new);
        executor.launch(plan, tasks);
        return IntStream.range(0, 4)
                .mapToObj(map -> executor.report(firstTask + map))
                .map(report -> report.getResult().getMapOutput().toBuilder()
                        .setHost("host")
                        .setNodePort(45454)
                        .build())
                .toList();
    }

    private ShuffleInput table(int shuffle, List<MapOutput> outputs) {
        byte[] table = MapOutputs.newBuilder()
                .setShuffle(shuffle)
                .setShuffleEpoch(1)
                .addAllOutputs(outputs)
                .build()
                .toByteArray();
        Artifact artifact = executor.endpoint.publish("outputs", table, table);
        return ShuffleInput.newBuilder()
                .setShuffle(shuffle)
                .setShuffleEpoch(1)
                .setSha256(artifact.getSha256())
                .build();
    }

    private List<?> collected(StagePlan plan, int task, int partition, ShuffleInput... inputs) {
        executor.launch(plan, reduce(plan, task, partition, inputs));
        Object value = RunningExecutor.value(executor.report(task));
        return value instanceof List<?> list ? list : List.of();
    }

    private static TaskLaunch reduce(StagePlan plan, int task, int partition, ShuffleInput... inputs) {
        return TaskLaunch.newBuilder()
                .setAttempt(TestPlans.attempt(task))
                .setPlanSha256(TestPlans.sha256(plan))
                .setPartition(partition)
                .addAllShuffleInputs(List.of(inputs))
                .build();
    }

    private Artifact jarOf(Class<?> type) throws IOException {
        String file = type.getName().replace('.', '/') + ".class";
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (InputStream in = type.getResourceAsStream("/" + file);
                JarOutputStream out = new JarOutputStream(jar)) {
            out.putNextEntry(new JarEntry(file));
            in.transferTo(out);
        }
        return executor.endpoint.publish("app.jar", jar.toByteArray(), jar.toByteArray());
    }

    private boolean onDisk(List<MapOutput> outputs) throws IOException {
        List<String> names = outputs.stream().map(MapOutput::getMapId).toList();
        try (Stream<Path> files = Files.walk(directory.resolve("disk"))) {
            return files.map(Path::getFileName).map(String::valueOf).anyMatch(names::contains);
        }
    }
}
