package io.raddle.yarn.client;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text into words as a shell does: at blanks, unless these stand between quotes or behind a backslash. Nothing
 * is substituted.
 */
final class QuotedWords {
    private static final char NONE = 0;

    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean begun;
    private char quote = NONE;

    private QuotedWords(String text) {
        this.text = text;
    }

    /** The words in the value of {@code option}. */
    static List<String> split(String option, String text) {
        return new QuotedWords(text).words(option);
    }

    private List<String> words(String option) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length() && escapes(text.charAt(at + 1))) {
                add(text.charAt(++at));
            } else if (c == quote) {
                quote = NONE;
            } else if (quote != NONE) {
                add(c);
            } else if (c == '\'' || c == '"') {
                quote = c;
                begun = true;
            } else if (Character.isWhitespace(c)) {
                end();
            } else {
                add(c);
            }
        }
        if (quote != NONE) {
            throw new RaddleException(new Cause.InvalidInput(
                    option + " has a " + quote + " that is not closed.", "Close it, or write it as \\" + quote + "."));
        }
        end();
        return List.copyOf(words);
    }

    /** Between single quotes a backslash is one; between double quotes it is one unless it saves a quote or itself. */
    private boolean escapes(char next) {
        return quote == NONE || quote == '"' && (next == '"' || next == '\\');
    }

    private void add(char c) {
        word.append(c);
        begun = true;
    }

    private void end() {
        if (begun) {
            words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
    }
}
