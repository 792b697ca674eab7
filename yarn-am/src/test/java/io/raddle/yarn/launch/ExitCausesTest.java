package io.raddle.yarn.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.fault.Cause;
import io.raddle.id.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExitCausesTest {
    private static final NodeId NODE = new NodeId("worker-7", 8041);
    private static final long GRANTED = 1L << 30;

    @Test
    void tellsALostNodeFromAContainerGivenBack() {
        assertThat(of(-100, "Container released on a *lost* node")).isEqualTo(new Cause.NodeLost("worker-7:8041"));
        assertThat(of(-100, "Container released by application")).isInstanceOf(Cause.ExecutorExited.class);
    }

    @Test
    void blamesTheDisksOfTheNode() {
        assertThat(of(-101, "")).isEqualTo(new Cause.DisksFailed("worker-7:8041"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-102, -108})
    void knowsPreemption(int status) {
        assertThat(of(status, "Container preempted by scheduler")).isEqualTo(new Cause.Preempted("worker-7:8041"));
    }

    @Test
    void readsHowMuchMemoryWasUsedToTheByte() {
        String diagnostics = "[2026-11-20 18:00:00.000]Container [pid=4711,containerID=container_1_0001_01_000002] is"
                + " running 125829120B beyond the 'PHYSICAL' memory limit. Current usage: 1.1 GB of 1 GB physical memory"
                + " used; 3.2 GB of 2.1 GB virtual memory used. Killing container.\nDump of the process-tree";

        assertThat(of(-104, diagnostics)).isEqualTo(new Cause.KilledForMemory(GRANTED, GRANTED + 125829120));
    }

    @Test
    void readsHowMuchMemoryWasUsedFromRoundedFiguresOfOlderNodes() {
        String diagnostics = "Container [pid=4711] is running beyond physical memory limits. Current usage: 1.5 GB of"
                + " 1 GB physical memory used; 3.2 GB of 2.1 GB virtual memory used.";

        assertThat(of(-104, diagnostics)).isEqualTo(new Cause.KilledForMemory(GRANTED, 3L << 29));
    }

    @Test
    void saysWhenNobodyToldHowMuchMemoryWasUsed() {
        assertThat(of(-104, "").happened()).contains("used more where 1,024 MiB");
    }

    @Test
    void namesTheRemedyForVirtualMemory() {
        Cause cause =
                of(-103, "Current usage: 300.1 MB of 1 GB physical memory used; 3.2 GB of 2.1 GB virtual memory used.");

        assertThat(cause.happened()).contains("3.2 GB of 2.1 GB", "yarn.nodemanager.vmem-check-enabled");
        assertThat(cause.taskFault()).isFalse();
    }

    @Test
    void namesBothVersionsOfAJavaThatIsTooOld() {
        String diagnostics =
                "Exception from container-launch.\nLast 4096 bytes of stderr :\nError: LinkageError occurred"
                        + " while loading main class io.raddle.executor.ExecutorMain\n\tjava.lang.UnsupportedClassVersionError:"
                        + " io/raddle/executor/ExecutorMain has been compiled by a more recent version of the Java Runtime (class"
                        + " file version 61.0), this version of the Java Runtime only recognizes class file versions up to 55.0";

        Cause cause = of(1, diagnostics);

        assertThat(cause).isInstanceOf(Cause.ClusterRefused.class);
        assertThat(cause.happened()).contains("worker-7:8041", "Java 11", "Java 17");
        assertThat(cause.remedy()).contains("--ship-jdk");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unrecognized option: --add-opens\nError: Could not create the Java Virtual Machine.",
                "Unrecognized VM option 'UseNothing'\nError: Could not create the Java Virtual Machine.",
                "Error: VM option 'SharedArchiveFile' is diagnostic and must be enabled via -XX:+UnlockDiagnosticVMOptions."
            })
    void namesTheOptionThatAJavaDoesNotKnow(String stderr) {
        Cause cause = of(1, "Last 4096 bytes of stderr :\n" + stderr);

        assertThat(cause).isInstanceOf(Cause.ClusterRefused.class);
        assertThat(cause.happened()).matches(".*(--add-opens|UseNothing|SharedArchiveFile)\\.");
    }

    @Test
    void saysThatANodeHasNoJava() {
        assertThat(of(127, "/bin/java: No such file or directory").remedy()).contains("JAVA_HOME", "--ship-jdk");
    }

    @Test
    void namesTheSignalThatEndedAProcess() {
        assertThat(of(137, "Killed").happened()).contains("exit code 137", "signal 9");
        assertThat(of(143, "").happened()).contains("exit code 143", "signal 15");
    }

    @Test
    void readsWhatWasFullFromTheProcesssLastWords() {
        assertThat(of(52, "java.lang.OutOfMemoryError: Metaspace\n\tat x"))
                .isInstanceOfSatisfying(
                        Cause.OutOfMemory.class,
                        cause -> assertThat(cause.area()).isEqualTo("Metaspace"));
    }

    @Test
    void quotesTheLastWordsOfAProcess() {
        Cause cause = of(9, "[x]Exception from container-launch.\n[x]\nLast 4096 bytes of stderr :\nno space here\n\n");

        assertThat(cause).isEqualTo(new Cause.ExecutorExited("worker-7:8041", 9, "no space here"));
    }

    @Test
    void quotesNoMoreThanAFewLines() {
        Cause cause = of(9, "x".repeat(100_000));

        assertThat(cause.happened()).hasSizeLessThan(800);
    }

    private static Cause of(int status, String diagnostics) {
        return ExitCauses.of(status, diagnostics, NODE, GRANTED);
    }
}
