package io.raddle.yarn.client;

import java.util.List;
import java.util.Locale;

/** One line of the table: a figure without and with what is measured, of every round, and what their ratio must reach. */
record CostRow(String label, String unit, List<Double> plain, List<Double> relayed, String goal, String remark) {
    static final String HEAD = "| measure | without | with | ratio (of each round) | must be | |\n|---|---|---|---|---|---|\n";

    @Override
    public String toString() {
        StringBuilder ratios = new StringBuilder();
        for (int round = 0; round < plain.size(); round++) {
            ratios.append(round == 0 ? "" : ", ").append(number(relayed.get(round) / plain.get(round)));
        }
        return "| %s | %s %s | %s %s | %s (%s) | %s | %s |\n"
                .formatted(
                        label,
                        number(median(plain)),
                        unit,
                        number(median(relayed)),
                        unit,
                        number(median(relayed) / median(plain)),
                        ratios,
                        goal,
                        remark);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }
}
