package io.raddle;

import io.raddle.function.Pair;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some records as an aligned table: records and pairs by their components, all else as one column. Stateless. */
final class RecordTable {
    private static final int WIDEST = 40;
    private static final List<String> PAIR = List.of("key", "value");
    private static final List<String> ONE = List.of("value");

    private RecordTable() {}

    /** Lines of text; {@code more} says whether there are records beyond these. */
    static String of(List<?> records, boolean more) {
        List<String> names = names(records);
        List<List<String>> rows = new ArrayList<>();
        rows.add(names);
        records.forEach(each -> rows.add(cells(each, names)));
        int[] widths = new int[names.size()];
        rows.forEach(row -> Arrays.setAll(
                widths,
                at -> Math.max(
                        widths[at], row.get(at).codePointCount(0, row.get(at).length()))));
        boolean[] right = new boolean[names.size()];
        for (int at = 0; at < right.length; at++) {
            right[at] = isNumeric(records, names, at);
        }
        StringBuilder text = new StringBuilder();
        append(text, names, widths, right);
        append(text, Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths, right);
        rows.subList(1, rows.size()).forEach(row -> append(text, row, widths, right));
        return text.append(more ? "… and more\n" : "").toString();
    }

    private static void append(StringBuilder text, List<String> row, int[] widths, boolean[] right) {
        StringBuilder line = new StringBuilder();
        for (int at = 0; at < row.size(); at++) {
            String cell = row.get(at);
            String blank = " ".repeat(Math.max(0, widths[at] - cell.codePointCount(0, cell.length())));
            line.append(at == 0 ? "" : "  ").append(right[at] ? blank + cell : cell + blank);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    /** Records of one class only have columns of their own. */
    private static List<String> names(List<?> records) {
        if (records.isEmpty() || records.get(0) == null) {
            return ONE;
        }
        Class<?> type = records.get(0).getClass();
        if (records.stream().anyMatch(each -> each == null || each.getClass() != type)) {
            return ONE;
        }
        if (type == Pair.class) {
            return PAIR;
        }
        return type.isRecord() && type.getRecordComponents().length > 0
                ? Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList()
                : ONE;
    }

    private static List<String> cells(@Nullable Object record, List<String> names) {
        List<String> cells = new ArrayList<>();
        for (int at = 0; at < names.size(); at++) {
            cells.add(text(value(record, names, at)));
        }
        return cells;
    }

    private static boolean isNumeric(List<?> records, List<String> names, int column) {
        return !records.isEmpty() && records.stream().allMatch(each -> value(each, names, column) instanceof Number);
    }

    private static @Nullable Object value(@Nullable Object record, List<String> names, int at) {
        if (names == ONE || record == null) {
            return record;
        }
        if (record instanceof Pair<?, ?> pair) {
            return at == 0 ? pair.key() : pair.value();
        }
        try {
            var accessor = record.getClass().getRecordComponents()[at].getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (InvocationTargetException e) {
            return String.valueOf(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the accessor of a component can be called", e);
        }
    }

    private static String text(@Nullable Object value) {
        String whole = value instanceof Object[] array ? Arrays.deepToString(array) : primitives(value);
        String line = whole.replaceAll("\\R", "↵").replace("\t", " ");
        int length = line.codePointCount(0, line.length());
        return length <= WIDEST ? line : line.substring(0, line.offsetByCodePoints(0, WIDEST - 1)) + "…";
    }

    private static String primitives(@Nullable Object value) {
        if (value == null || !value.getClass().isArray()) {
            return String.valueOf(value);
        }
        String inBrackets = Arrays.deepToString(new Object[] {value});
        return inBrackets.substring(1, inBrackets.length() - 1);
    }
}
