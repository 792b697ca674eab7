package io.raddle.yarn.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.raddle.id.ExecutorId;
import io.raddle.id.NodeId;
import io.raddle.proto.ApplicationSpec;
import io.raddle.proto.EndpointAddress;
import io.raddle.proto.Resource;
import io.raddle.wire.Secret;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.token.Token;
import org.apache.hadoop.security.token.TokenIdentifier;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.LocalResourceType;
import org.apache.hadoop.yarn.api.records.LocalResourceVisibility;
import org.junit.jupiter.api.Test;

class LaunchTest {
    private static final ApplicationId APPLICATION = ApplicationId.newInstance(1795188767055L, 2);
    private static final Secret ROOT = Secret.random();
    private static final ApplicationSpec SPEC = ApplicationSpec.newBuilder()
            .setUser("alice")
            .setStagingDirectory("hdfs://nn:8020/user/alice/.raddle/staging/application_1_0002")
            .setExecutorCores(1)
            .setDriverCores(1)
            .setJava("{{JAVA_HOME}}/bin/java")
            .setClassPath("engine/lib/raddle-engine.jar:engine/lib/raddle-libraries.jar")
            .addJavaOptions("-Dgreeting=hello")
            .putConfiguration("raddle.port.range", "40000-40100")
            .addEngine(resource("engine", "hdfs://nn:8020/cache/engine.tar", Resource.Type.ARCHIVE, true))
            .addResources(resource("words.txt", "hdfs://nn:8020/staging/files/words.txt", Resource.Type.FILE, false))
            .setHadoopConfiguration(ByteString.copyFromUtf8("<configuration/>"))
            .build();

    @Test
    void tellsAnExecutorWhoItIs() {
        String line = executor(ShuffleService.PRESENT, new Credentials())
                .getCommands()
                .get(0);

        assertThat(line)
                .startsWith("MALLOC_ARENA_MAX=2 exec {{JAVA_HOME}}/bin/java -Xmx")
                .contains("-cp engine/lib/raddle-engine.jar:engine/lib/raddle-libraries.jar"
                        + " io.raddle.executor.ExecutorMain --id 3 --incarnation 77 --endpoint master-host:4711"
                        + " --staging hdfs://nn:8020/user/alice/.raddle/staging/application_1_0002"
                        + " --slots 1 --memory-mib 1024 --node-port 8041 --rack /rack-1 --ports 40000-40100")
                .endsWith("1><LOG_DIR>/stdout 2><LOG_DIR>/stderr");
    }

    @Test
    void collectsGarbageInParallelOnlyWhereThatPays() {
        assertThat(new JavaCommand(SPEC, "Main").line(List.of(), 1, 8192, List.of()))
                .contains("-XX:+UseSerialGC");
        assertThat(new JavaCommand(SPEC, "Main").line(List.of(), 4, 1024, List.of()))
                .contains("-XX:+UseSerialGC");
        assertThat(new JavaCommand(SPEC, "Main").line(List.of(), 4, 8192, List.of()))
                .contains("-XX:+UseParallelGC");
    }

    @Test
    void keepsOneBufferArenaPerCoreOfTheContainer() {
        assertThat(new JavaCommand(SPEC, "Main").line(List.of(), 3, 2048, List.of()))
                .contains("-Dio.netty.allocator.numDirectArenas=3", "-Dio.netty.allocator.numHeapArenas=3");
    }

    @Test
    void sharesClassDataWhenAnArchiveIsShipped() {
        ApplicationSpec shipped = SPEC.toBuilder()
                .addEngine(resource("classes.jsa", "hdfs://nn:8020/cache/x.jsa", Resource.Type.FILE, true))
                .build();

        assertThat(new JavaCommand(shipped, "Main").line(List.of(), 1, 1024, List.of()))
                .contains("-XX:ArchiveRelocationMode=0 -XX:SharedArchiveFile=classes.jsa -Xshare:auto");
        assertThat(new JavaCommand(SPEC, "Main").line(List.of(), 1, 1024, List.of()))
                .doesNotContain("SharedArchiveFile");
    }

    @Test
    void givesExecutorsTheirOwnSecretsAndNeverTheRoot() throws IOException {
        Credentials seen =
                read(executor(ShuffleService.PRESENT, new Credentials()).getTokens());

        assertThat(seen.getSecretKey(new Text("raddle.executor")))
                .isEqualTo(ROOT.derive(Secret.EXECUTOR).bytes());
        assertThat(seen.getSecretKey(new Text("raddle.shuffle")))
                .isEqualTo(ROOT.derive(Secret.SHUFFLE).bytes());
        assertThat(seen.numberOfSecretKeys()).isEqualTo(2);
    }

    @Test
    void handsOnDelegationTokensButNotTheMastersOwn() throws IOException {
        Credentials ofMaster = new Credentials();
        ofMaster.addToken(new Text("hdfs"), token("HDFS_DELEGATION_TOKEN"));
        ofMaster.addToken(new Text("rm"), token("YARN_AM_RM_TOKEN"));

        Credentials seen = read(executor(ShuffleService.PRESENT, ofMaster).getTokens());

        assertThat(seen.getAllTokens())
                .singleElement()
                .satisfies(token -> assertThat(token.getKind()).hasToString("HDFS_DELEGATION_TOKEN"));
    }

    @Test
    void speaksToTheShuffleServiceOnlyWhereThereIsOne() {
        assertThat(executor(ShuffleService.ABSENT, new Credentials()).getServiceData())
                .isEmpty();
        assertThat(executor(ShuffleService.PRESENT, new Credentials()).getServiceData())
                .containsOnlyKeys("mapreduce_shuffle");
    }

    @Test
    void writesTheShuffleTokenAsMapReduceDoes() throws IOException {
        ByteBuffer data = ContainerSecrets.shuffleServiceData(APPLICATION, ROOT);
        Token<TokenIdentifier> token = new Token<>();
        token.readFields(new DataInputStream(stream(data)));

        assertThat(token.getKind()).hasToString("mapreduce.job");
        assertThat(token.getPassword()).isEqualTo(ROOT.derive(Secret.SHUFFLE).bytes());
        assertThat(new String(token.getIdentifier(), StandardCharsets.UTF_8)).endsWith("job_1795188767055_0002");
        assertThat(data.remaining()).isEqualTo(72 + "job_1795188767055_0002".length() - 22);
    }

    @Test
    void localisesTheEngineForAllUsersAndFilesForOne() {
        assertThat(executor(ShuffleService.PRESENT, new Credentials()).getLocalResources())
                .containsOnlyKeys("engine", "words.txt")
                .hasEntrySatisfying("engine", engine -> {
                    assertThat(engine.getVisibility()).isEqualTo(LocalResourceVisibility.PUBLIC);
                    assertThat(engine.getType()).isEqualTo(LocalResourceType.ARCHIVE);
                })
                .hasEntrySatisfying("words.txt", file -> {
                    assertThat(file.getVisibility()).isEqualTo(LocalResourceVisibility.PRIVATE);
                    assertThat(file.getTimestamp()).isEqualTo(1234);
                });
    }

    @Test
    void losesNoFileWithoutAWord() {
        ApplicationSpec twice = SPEC.toBuilder()
                .addResources(resource("engine", "hdfs://nn:8020/staging/files/engine", Resource.Type.FILE, false))
                .build();

        assertThatThrownBy(() -> MasterLaunch.context(twice, List.of(), 1024, new Credentials(), ROOT, Map.of()))
                .hasMessage("two resources are called engine");
    }

    @Test
    void actsAsTheSubmitter() {
        assertThat(executor(ShuffleService.PRESENT, new Credentials()).getEnvironment())
                .containsEntry("HADOOP_USER_NAME", "alice");
    }

    @Test
    void givesTheMasterTheRootAndItsOwnFiles() throws IOException {
        Resource own =
                resource(MasterLaunch.SPEC_LINK, "hdfs://nn:8020/staging/application.pb", Resource.Type.FILE, false);

        ContainerLaunchContext context =
                MasterLaunch.context(SPEC, List.of(own), 1024, new Credentials(), ROOT, Map.of());

        assertThat(context.getLocalResources()).containsOnlyKeys("engine", "application.pb", "words.txt");
        assertThat(context.getServiceData()).isEmpty();
        assertThat(ContainerSecrets.root(read(context.getTokens()))).contains(ROOT);
        assertThat(context.getCommands().get(0)).contains(" io.raddle.yarn.master.ApplicationMasterMain ");
    }

    private static ContainerLaunchContext executor(ShuffleService service, Credentials ofMaster) {
        EndpointAddress endpoint = EndpointAddress.newBuilder()
                .setAttempt(1)
                .setHost("master-host")
                .setPort(4711)
                .build();
        return new ExecutorLaunch(APPLICATION, SPEC, endpoint, ofMaster, ROOT, Map.of())
                .context(
                        new ExecutorPlace(new ExecutorId(3), 77, new NodeId("worker-7", 8041), "/rack-1", 1024),
                        service);
    }

    private static Resource resource(String link, String uri, Resource.Type type, boolean everybody) {
        return Resource.newBuilder()
                .setLink(link)
                .setUri(uri)
                .setType(type)
                .setPublicVisibility(everybody)
                .setSizeBytes(99)
                .setModifiedMillis(1234)
                .build();
    }

    private static Token<TokenIdentifier> token(String kind) {
        return new Token<>(new byte[] {1}, new byte[] {2}, new Text(kind), new Text("there"));
    }

    private static Credentials read(ByteBuffer tokens) throws IOException {
        Credentials credentials = new Credentials();
        credentials.readTokenStorageStream(new DataInputStream(stream(tokens)));
        return credentials;
    }

    private static InputStream stream(ByteBuffer buffer) {
        return ByteString.copyFrom(buffer.duplicate()).newInput();
    }
}
