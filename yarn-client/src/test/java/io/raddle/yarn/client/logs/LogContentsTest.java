package io.raddle.yarn.client.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LogContentsTest {
    private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
    private final LogContents contents = new LogContents(passed::writeBytes);

    @Test
    void passesOnWhatStandsInEachFileAndNothingAroundIt() throws IOException {
        write(file("one\ntwo\n") + file("") + file("three"));

        assertThat(passed).hasToString("one\ntwo\nthree");
        assertThat(contents.found()).isTrue();
    }

    @Test
    void takesWhatLooksLikeAHeaderInAFileForItsContent() throws IOException {
        write(file("LogLength:3\nLogContents:\nabc\n"));

        assertThat(passed).hasToString("LogLength:3\nLogContents:\nabc\n");
    }

    @Test
    void takesFilesInPiecesOfAnySize() {
        for (byte each : (file("one\n") + file("two\n")).getBytes(StandardCharsets.UTF_8)) {
            contents.write(each);
        }

        assertThat(passed).hasToString("one\ntwo\n");
    }

    @Test
    void findsAnEmptyFileButNoneInAPageOfAnotherKind() throws IOException {
        write("<html>\nLogLength:no number\n</html>\n");
        assertThat(contents.found()).isFalse();

        write(file(""));

        assertThat(contents.found()).isTrue();
        assertThat(passed.size()).isZero();
    }

    private void write(String text) throws IOException {
        contents.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String file(String content) {
        return "Container: container_1_0001_01_000001 on host_1\nLogAggregationType: LOCAL\n====\nLogType:stdout\n"
                + "LogLastModifiedTime:Wed Nov 25 17:00:00 +0000 2026\nLogLength:" + content.length()
                + "\nLogContents:\n" + content + "\nEnd of LogType:stdout\n*****\n\n";
    }
}
