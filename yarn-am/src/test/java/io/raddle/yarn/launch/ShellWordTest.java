package io.raddle.yarn.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "-Dpath=/a/b,c:d",
                "two words",
                "it's",
                "\"quoted\"",
                "$HOME ${HOME} $(id)",
                "`id`",
                "back\\slash \\$ \\\\",
                "a;b|c&d>e<f*?[x]!#~",
                "grüße 🐑",
                "line\nbreak"
            })
    void survivesTheLaunchScriptsTwoShells(String word) throws IOException, InterruptedException {
        // As the NodeManager writes it: exec /bin/bash -c "<command>"
        String script = "exec /bin/bash -c \"printf %s " + ShellWord.quote(word) + "\"\n";
        Process shell = new ProcessBuilder("/bin/bash", "-c", script)
                .redirectErrorStream(true)
                .start();

        String seen = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(shell.waitFor()).isZero();
        assertThat(seen).isEqualTo(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{JAVA_HOME}}/bin/java", "-Djava.io.tmpdir={{PWD}}/tmp"})
    void leavesWhatTheNodeManagerReplaces(String word) {
        assertThat(ShellWord.quote(word)).isEqualTo(word);
    }
}
