package io.raddle.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> OPTIONS = List.of("--master", "--class", "--executor-cores", "--executor-memory");

    @ParameterizedTest
    @CsvSource({"'',abc,3", "abc,abc,0", "abc,acb,1", "kitten,sitting,3", "memry,memory,1"})
    void countsTypingErrors(String from, String to, int distance) {
        assertThat(Nearest.distance(from, to)).isEqualTo(distance);
        assertThat(Nearest.distance(to, from)).isEqualTo(distance);
    }

    @Test
    void findsTheClosestCandidate() {
        assertThat(Nearest.of("--clas", OPTIONS)).contains("--class");
        assertThat(Nearest.of("--executor-core", OPTIONS)).contains("--executor-cores");
        assertThat(Nearest.of("--num-executors", OPTIONS)).isEmpty();
        assertThat(Nearest.of("x", List.of())).isEmpty();
    }
}
