/**
 * What a figure must reach.
 *
 * @param limit of the ratio Raddle / Spark, or of Raddle's own figure when it has a unit; NaN where there is no goal
 */
record Goal(double limit, String unit, boolean moreIsBetter) {
    static final Goal NONE = new Goal(Double.NaN, "", false);

    static Goal ratioAtMost(double limit) {
        return new Goal(limit, "", false);
    }

    static Goal ratioAtLeast(double limit) {
        return new Goal(limit, "", true);
    }

    static Goal below(double limit, String unit) {
        return new Goal(limit, unit, false);
    }

    boolean isRatio() {
        return !Double.isNaN(limit) && unit.isEmpty();
    }

    String cell(double ratio, double own) {
        if (Double.isNaN(limit)) {
            return "";
        }
        double reached = isRatio() ? ratio : own;
        String sign = moreIsBetter ? "≥ " : isRatio() ? "≤ " : "< ";
        String words = sign + (isRatio() ? Measure.ratio(limit) : limit + " " + unit);
        if (Double.isNaN(reached)) {
            return words;
        }
        boolean met = moreIsBetter ? reached >= limit : isRatio() ? reached <= limit : reached < limit;
        return words + (met ? ": yes" : ": no");
    }
}
