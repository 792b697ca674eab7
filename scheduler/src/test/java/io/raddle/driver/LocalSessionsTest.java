package io.raddle.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSessionsTest {
    @TempDir
    Path directory;

    @Test
    void readsTheConfigurationThatTheEnvironmentNames() throws Exception {
        Files.writeString(
                directory.resolve("core-site.xml"),
                "<configuration><property><name>fs.defaultFS</name><value>hdfs://far:8020</value></property></configuration>");

        assertThat(LocalSessions.hadoop(Map.of("HADOOP_CONF_DIR", directory.toString()))
                        .toStringUtf8())
                .contains("hdfs://far:8020");
        assertThat(LocalSessions.hadoop(Map.of()).toStringUtf8()).doesNotContain("hdfs://far:8020");
    }
}
