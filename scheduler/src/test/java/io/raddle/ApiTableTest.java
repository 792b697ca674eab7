package io.raddle;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of operations in the documentation names all that there are, and nothing else. */
class ApiTableTest {
    private static final Path PAGE = Path.of("..", "docs", "api.md");
    private static final Pattern OURS = Pattern.compile("`(\\w+)\\.(\\w+)`");
    private static final Map<String, Class<?>> TYPES = Map.of(
            "Session", Session.class,
            "Builder", Session.Builder.class,
            "Rdd", Rdd.class,
            "PairRdd", PairRdd.class,
            "DoubleRdd", DoubleRdd.class,
            "FutureResult", FutureResult.class,
            "StatusTracker", StatusTracker.class,
            "StatCounter", StatCounter.class);
    /** What every class has, or what closures ask. */
    private static final Set<String> OF_ALL = Set.of("toString", "equals", "hashCode", "reason", "instead");

    private record Row(String spark, String ours, String difference) {}

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            String[] cells = line.split("(?<!\\\\)\\|", -1);
            if (cells.length == 5
                    && !cells[1].isBlank()
                    && !cells[1].startsWith("-")
                    && !cells[1].equals(" Spark's name ")) {
                rows.add(new Row(cells[1].trim(), cells[2].trim(), cells[3].trim()));
            }
        }
        return rows;
    }

    /** Names that are public in a type and not inherited. */
    private static Set<String> methods(Class<?> type) {
        Set<String> overridden = type.getSuperclass() == Object.class || type.isRecord()
                ? Set.of()
                : Arrays.stream(type.getSuperclass().getDeclaredMethods())
                        .map(Method::getName)
                        .collect(toCollection(TreeSet::new));
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(Method::getName)
                .filter(name -> !OF_ALL.contains(name) && !overridden.contains(name))
                .collect(toCollection(TreeSet::new));
    }

    private static Set<String> named() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Row row : rows()) {
            Matcher ours = OURS.matcher(row.ours());
            while (ours.find()) {
                named.add(ours.group(1) + "." + ours.group(2));
            }
        }
        return named;
    }

    @Test
    void hasARowForEveryPublicMethodAndNoneForOthers() throws IOException {
        Set<String> there = new TreeSet<>();
        TYPES.forEach((name, type) -> methods(type).forEach(method -> there.add(name + "." + method)));

        assertThat(named())
                .as("the methods in the second column of docs/api.md; add a row for each new one")
                .containsExactlyInAnyOrderElementsOf(there);
    }

    @Test
    void saysWhereSomethingIsOrWhyItIsNot() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(100).allSatisfy(row -> {
            assertThat(row.spark()).isNotEmpty();
            assertThat(row.ours().isEmpty() ? row.difference() : row.ours()).isNotEmpty();
        });
    }
}
