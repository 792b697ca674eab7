package io.raddle.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a person meant: the candidate that differs from a word by the fewest typing errors. */
public final class Nearest {
    private record Scored(String candidate, int distance) {}

    private Nearest() {}

    /** The candidate closest to {@code word}, when it is close enough that it may have been meant. */
    public static Optional<String> of(String word, Collection<String> candidates) {
        int bearable = Math.max(1, word.length() / 3);
        return candidates.stream()
                .map(candidate -> new Scored(candidate, distance(word, candidate)))
                .filter(scored -> scored.distance <= bearable)
                .min(Comparator.comparingInt(Scored::distance).thenComparing(Scored::candidate))
                .map(Scored::candidate);
    }

    /** How many insertions, deletions, replacements and swaps of neighbours lead from one word to the other. */
    static int distance(String from, String to) {
        int[][] steps = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : least(steps, from, to, i, j);
            }
        }
        return steps[from.length()][to.length()];
    }

    private static int least(int[][] steps, String from, String to, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int least = Math.min(steps[i - 1][j - 1] + (same ? 0 : 1), Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
    }
}
