package io.raddle.yarn.client.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this client and the cluster's processes are told about Hadoop. */
final class HadoopConfigurationTest {
    private static final String FIRST_WAIT = "dfs.client.block.write.locateFollowingBlock.initial.delay.ms";
    private static final String TRIES = "dfs.client.block.write.locateFollowingBlock.retries";

    @TempDir
    private Path directory;

    @Test
    void whoClosesAFileAsksSoonAndForAsLongAsHadoopDoes() throws IOException {
        sites("");

        HadoopConfiguration configuration = load(Map.of());

        assertThat(patience(configuration.forClient())).isEqualTo("10 ms, 11 times");
        assertThat(patience(forCluster(configuration))).isEqualTo("10 ms, 11 times");
    }

    @Test
    void whatTheDirectorySaysOfItStands() throws IOException {
        sites(property(FIRST_WAIT, "70"));

        HadoopConfiguration configuration = load(Map.of());

        assertThat(configuration.forClient().get(FIRST_WAIT)).isEqualTo("70");
        assertThat(patience(forCluster(configuration))).isEqualTo("70 ms, null times");
    }

    @Test
    void whatASubmitSaysOfItStands() throws IOException {
        sites("");

        HadoopConfiguration configuration = load(Map.of(TRIES, "3"));

        assertThat(configuration.forClient().get(TRIES)).isEqualTo("3");
        assertThat(patience(forCluster(configuration))).isEqualTo("null ms, 3 times");
    }

    private HadoopConfiguration load(Map<String, String> overrides) {
        return HadoopConfiguration.load(Map.of("HADOOP_CONF_DIR", directory.toString()), overrides);
    }

    private void sites(String hdfs) throws IOException {
        Files.writeString(
                directory.resolve("core-site.xml"),
                "<configuration>" + property("fs.defaultFS", "hdfs://localhost:1") + "</configuration>");
        Files.writeString(directory.resolve("hdfs-site.xml"), "<configuration>" + hdfs + "</configuration>");
    }

    private static String property(String name, String value) {
        return "<property><name>" + name + "</name><value>" + value + "</value></property>";
    }

    private static Configuration forCluster(HadoopConfiguration configuration) {
        Configuration read = new Configuration(false);
        read.addResource(new ByteArrayInputStream(configuration.forCluster()));
        return read;
    }

    private static String patience(Configuration configuration) {
        return configuration.get(FIRST_WAIT) + " ms, " + configuration.get(TRIES) + " times";
    }
}
