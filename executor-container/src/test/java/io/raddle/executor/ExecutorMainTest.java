package io.raddle.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.proto.EndpointAddress;
import io.raddle.wire.PortRange;
import io.raddle.wire.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.token.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutorMainTest {
    private static final String[] LINE = {
        "--id",
        "3",
        "--incarnation",
        "1234567890123",
        "--endpoint",
        "master:4711",
        "--staging",
        "hdfs://n/s",
        "--slots",
        "2",
        "--memory-mib",
        "1024",
        "--node-port",
        "45454",
        "--rack",
        "/r",
        "--ports",
        "40000-40100"
    };

    @TempDir
    Path directory;

    @Test
    void understandsTheCommandLineOfALaunch() {
        ExecutorArguments arguments = ExecutorArguments.parse(LINE);

        assertThat(arguments)
                .isEqualTo(new ExecutorArguments(
                        3,
                        1234567890123L,
                        new Endpoint(0, "master", 4711),
                        "hdfs://n/s",
                        2,
                        1024,
                        45454,
                        "/r",
                        new PortRange(40000, 40100)));
    }

    @Test
    void namesWhatIsWrongOnTheCommandLine() {
        assertThatThrownBy(() -> ExecutorArguments.parse(new String[] {"--what", "x"}))
                .hasMessageContaining("--what");
        assertThatThrownBy(() -> ExecutorArguments.parse(new String[] {})).hasMessageContaining("needs --");
        String[] text = LINE.clone();
        text[1] = "three";
        assertThatThrownBy(() -> ExecutorArguments.parse(text)).hasMessage("--id needs a number, not three.");
        String[] address = LINE.clone();
        address[5] = "master";
        assertThatThrownBy(() -> ExecutorArguments.parse(address)).hasMessageContaining("--endpoint needs host:port");
        String[] ports = LINE.clone();
        ports[17] = "40000";
        assertThatThrownBy(() -> ExecutorArguments.parse(ports)).hasMessage("--ports needs first-last, not 40000.");
    }

    @Test
    void readsWhatANodeManagerSays() {
        byte[] port = new byte[32];
        port[2] = (byte) 0x8f;
        port[3] = (byte) 0xb3;
        ContainerEnvironment environment = new ContainerEnvironment(Map.of(
                "CONTAINER_ID", "container_e17_1410901177871_0001_01_000005",
                "NM_HOST", "worker",
                "LOCAL_DIRS", "/d1/app,/d2/app",
                "NM_AUX_SERVICE_mapreduce_shuffle", Base64.getEncoder().encodeToString(port)));

        assertThat(environment.job()).isEqualTo("job_1410901177871_0001");
        assertThat(environment.localDirectories()).containsExactly(Path.of("/d1/app"), Path.of("/d2/app"));
        assertThat(environment.shuffleServicePort()).isEqualTo(36787);
        assertThatThrownBy(environment::tokenFile).hasMessageContaining("HADOOP_TOKEN_FILE_LOCATION");
    }

    @Test
    void knowsANodeWithoutAShuffleService() {
        ContainerEnvironment environment =
                new ContainerEnvironment(Map.of("CONTAINER_ID", "container_1410901177871_0002_01_000005"));

        assertThat(environment.shuffleServicePort()).isZero();
        assertThat(environment.job()).isEqualTo("job_1410901177871_0002");
    }

    @Test
    void readsSecretsFromATokenFile() throws IOException {
        Secret root = Secret.random();
        Credentials credentials = new Credentials();
        credentials.addToken(
                new Text("hdfs"),
                new Token<>(new byte[300], new byte[20], new Text("HDFS_DELEGATION_TOKEN"), new Text("namenode:8020")));
        credentials.addSecretKey(new Text("another"), new byte[70_000]);
        credentials.addSecretKey(
                new Text("raddle.executor"), root.derive(Secret.EXECUTOR).bytes());
        credentials.addSecretKey(
                new Text("raddle.shuffle"), root.derive(Secret.SHUFFLE).bytes());
        Path file = directory.resolve("container_tokens");
        credentials.writeTokenStorageFile(new org.apache.hadoop.fs.Path(file.toUri()), new Configuration());

        ExecutorSecrets secrets = ExecutorSecrets.read(file);

        assertThat(secrets).isEqualTo(new ExecutorSecrets(root.derive(Secret.EXECUTOR), root.derive(Secret.SHUFFLE)));
    }

    @Test
    void refusesATokenFileThatIsNone() throws IOException {
        Path file = Files.writeString(directory.resolve("container_tokens"), "something else");

        assertThatThrownBy(() -> ExecutorSecrets.read(file)).hasMessageContaining("not of the format");
    }

    @Test
    void looksForTheEndpointInTheStagingDirectoryOnceTheFirstIsLost() throws IOException {
        StagedEndpoint locator = locator();

        assertThat(locator.locate().host()).isEqualTo("first");
        publish(2, "second");
        assertThat(locator.locate()).isEqualTo(new Endpoint(2, "second", 7));
    }

    @Test
    void refusesTheEndpointOfAnEarlierAttempt() throws IOException {
        StagedEndpoint locator = locator();
        assertThat(locator.locate().host()).isEqualTo("first");
        publish(2, "second");
        assertThat(locator.locate().host()).isEqualTo("second");

        publish(1, "stale");

        assertThat(locator.locate().host()).isEqualTo("second");
    }

    @Test
    void readsTheHadoopConfigurationOfItsNode() throws IOException {
        Files.writeString(
                directory.resolve("core-site.xml"),
                "<configuration><property><name>fs.defaultFS</name><value>hdfs://pair</value></property></configuration>");

        assertThat(new ContainerEnvironment(Map.of("HADOOP_CONF_DIR", directory.toString()))
                        .hadoopConfiguration()
                        .get("fs.defaultFS"))
                .isEqualTo("hdfs://pair");
        assertThat(new ContainerEnvironment(Map.of()).hadoopConfiguration().get("fs.defaultFS"))
                .isEqualTo("file:///");
    }

    private StagedEndpoint locator() {
        return new StagedEndpoint(new Endpoint(0, "first", 1), directory.toUri().toString(), Configuration::new);
    }

    private void publish(int attempt, String host) throws IOException {
        Files.deleteIfExists(directory.resolve(".endpoint.crc"));
        Files.write(
                directory.resolve("endpoint"),
                EndpointAddress.newBuilder()
                        .setAttempt(attempt)
                        .setHost(host)
                        .setPort(7)
                        .build()
                        .toByteArray());
    }
}
