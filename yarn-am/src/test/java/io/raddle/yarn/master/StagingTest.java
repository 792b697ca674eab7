package io.raddle.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.proto.EndpointAddress;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
    private static final EndpointAddress ADDRESS = EndpointAddress.newBuilder()
            .setAttempt(1)
            .setHost("here")
            .setPort(4)
            .build();

    @TempDir
    private Path parent;

    private Path directory;
    private Staging staging;

    @BeforeEach
    void make() {
        directory = parent.resolve("application");
        staging = new Staging(directory.toUri().toString(), Configuration::new);
    }

    @Test
    void saysWhereTheMasterIs() throws IOException {
        Files.createDirectory(directory);

        staging.publish(ADDRESS);
        staging.publish(ADDRESS.toBuilder().setPort(5).build());

        byte[] content = Files.readAllBytes(directory.resolve("endpoint"));
        assertThat(EndpointAddress.parseFrom(content).getPort()).isEqualTo(5);
    }

    @Test
    void doesNotComeBackOnceRemoved() throws IOException {
        Files.createDirectory(directory);

        assertThat(staging.remove()).isTrue();
        staging.publish(ADDRESS);

        assertThat(directory).doesNotExist();
    }

    @Test
    void doesNotBringBackWhatTheClientRemoved() {
        assertThatThrownBy(() -> staging.publish(ADDRESS)).isInstanceOf(FileNotFoundException.class);

        assertThat(directory).doesNotExist();
    }
}
