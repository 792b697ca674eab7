package io.raddle.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Lineage as people read it: one line for each node, those behind a shuffle indented once more. */
public final class LineageText {
    private static final int LONGEST = 1000;

    private LineageText() {}

    private record Line(Lineage node, int depth) {}

    /** The text of {@code root}, which may have a name; lineage beyond {@value #LONGEST} lines is cut. */
    public static String of(Lineage root, Optional<String> name) {
        StringBuilder text = new StringBuilder();
        name.ifPresent(given -> text.append(given).append(' '));
        Deque<Line> rest = new ArrayDeque<>();
        rest.push(new Line(root, 0));
        for (int lines = 0; !rest.isEmpty(); lines++) {
            if (lines == LONGEST) {
                return text.append("… and more\n").toString();
            }
            Line line = rest.pop();
            text.append("  ".repeat(line.depth())).append(line.node()).append('\n');
            int deeper = line.node().operation() instanceof Operation.Exchange ? 1 : 0;
            for (int i = line.node().inputs().size() - 1; i >= 0; i--) {
                rest.push(new Line(line.node().inputs().get(i), line.depth() + deeper));
            }
        }
        return text.toString();
    }
}
