package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raddle.fault.RaddleException;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotedWordsTest {
    @Test
    void splitsAtBlanks() {
        assertThat(split("")).isEmpty();
        assertThat(split("  -Da=1 \t -Db=2\n")).containsExactly("-Da=1", "-Db=2");
    }

    @Test
    void keepsBlanksBetweenQuotesAndBehindABackslash() {
        assertThat(split("-Dx=\"a b\" -Dy='c  d' -Dz=e\\ f")).containsExactly("-Dx=a b", "-Dy=c  d", "-Dz=e f");
    }

    @Test
    void joinsPartsThatTouchAndKeepsEmptyWords() {
        assertThat(split("a'b'\"c\" ''")).containsExactly("abc", "");
    }

    @Test
    void takesQuotesAndBackslashesAsAShellDoes() {
        assertThat(split("\"it's\" 'say \"no\"' \\\" \"a\\\"b\" 'c\\d' \"e\\f\" \"g\\\\\""))
                .containsExactly("it's", "say \"no\"", "\"", "a\"b", "c\\d", "e\\f", "g\\");
    }

    @Test
    void refusesAQuoteThatIsNotClosed() {
        assertThatThrownBy(() -> split("-Dx='a b"))
                .isInstanceOf(RaddleException.class)
                .hasMessageStartingWith("--java-options has a ' that is not closed. Close it");
        assertThatThrownBy(() -> split("\"a'")).hasMessageContaining("has a \" that is not closed");
    }

    private static List<String> split(String text) {
        return QuotedWords.split("--java-options", text);
    }
}
