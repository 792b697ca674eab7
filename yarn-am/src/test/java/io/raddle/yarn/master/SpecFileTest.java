package io.raddle.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.raddle.fault.RaddleException;
import io.raddle.proto.ApplicationSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecFileTest {
    @TempDir
    private Path directory;

    @Test
    void readsWhatAClientWrites() throws IOException {
        ApplicationSpec spec = ApplicationSpec.newBuilder()
                .setName("word count")
                .setStagingDirectory("hdfs://host/staging")
                .build();

        assertThat(SpecFile.read(Files.write(directory.resolve("application.pb"), spec.toByteArray())))
                .isEqualTo(spec);
    }

    @Test
    void saysInASentenceThatTheFileIsMissingOrGarbledOrEmpty() throws IOException {
        Path file = directory.resolve("application.pb");
        saysThatItCannotBeRead(file);
        saysThatItCannotBeRead(Files.writeString(file, "not a message"));
        saysThatItCannotBeRead(Files.writeString(file, ""));
    }

    @Test
    void findsNoResourceManagerWhereTheNodeNamesNoConfiguration() {
        assertThatThrownBy(() -> SpecFile.resourceManager(Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("HADOOP_CONF_DIR");
    }

    private static void saysThatItCannotBeRead(Path file) {
        RaddleException failure = catchThrowableOfType(RaddleException.class, () -> SpecFile.read(file));

        assertThat(failure.fault().happened())
                .startsWith("The application master cannot read what yarn-submit wrote of the application")
                .contains("application.pb")
                .endsWith(".");
        assertThat(failure.fault().remedy()).startsWith("Submit again");
    }
}
