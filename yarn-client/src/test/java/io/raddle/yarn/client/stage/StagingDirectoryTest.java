package io.raddle.yarn.client.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.proto.Resource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingDirectoryTest {
    @TempDir
    java.nio.file.Path directory;

    @Test
    void isNotBroughtBackByAnUploadThatComesTooLate() throws IOException {
        java.nio.file.Path local = directory.resolve("application_1_0001");
        StagingDirectory staging = new StagingDirectory(
                FileSystem.getLocal(new Configuration(false)), new Path(local.toUri()), new Uploads());
        staging.make();
        add(staging, "files/early");
        assertThat(local.resolve("files/early")).exists();

        staging.delete();

        assertThatThrownBy(() -> add(staging, "files/late"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was deleted");
        assertThatThrownBy(staging::make).isInstanceOf(IOException.class);
        assertThat(Files.exists(local)).isFalse();
    }

    private static Resource add(StagingDirectory staging, String name) throws IOException {
        return staging.add(new ByteArrayInputStream(new byte[10]), name, Resource.Type.FILE, "link");
    }
}
