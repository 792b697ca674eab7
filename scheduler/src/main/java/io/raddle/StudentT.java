package io.raddle;

/** Quantiles of Student's t distribution. */
final class StudentT {
    private static final int STEPS = 200;
    private static final double TINY = 1e-300;
    private static final double[] LANCZOS = {
        676.5203681218851,
        -1259.1392167224028,
        771.32342877765313,
        -176.61502916214059,
        12.507343278686905,
        -0.13857109526572012,
        9.9843695780195716e-6,
        1.5056327351493116e-7
    };

    private StudentT() {}

    /** The value that is not exceeded with {@code probability}, from 0.5 up to 1; infinite without degrees of freedom. */
    static double quantile(double degrees, double probability) {
        if (degrees <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        double low = 0;
        double high = 1;
        while (below(degrees, high) < probability && high < Double.MAX_VALUE / 4) {
            high *= 2;
        }
        for (int step = 0; step < STEPS && high - low > 1e-12 * high; step++) {
            double middle = (low + high) / 2;
            if (below(degrees, middle) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** The probability of no more than {@code value}, which is not negative. */
    private static double below(double degrees, double value) {
        return 1 - incompleteBeta(degrees / 2, 0.5, degrees / (degrees + value * value)) / 2;
    }

    /** The regularized incomplete beta function, by its continued fraction (Abramowitz and Stegun 26.5.8). */
    private static double incompleteBeta(double a, double b, double x) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        if (x > (a + 1) / (a + b + 2)) {
            return 1 - incompleteBeta(b, a, 1 - x);
        }
        double front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
        double numerator = 1;
        double denominator = 1 / nonZero(1 - (a + b) * x / (a + 1));
        double fraction = denominator;
        for (int m = 1; m <= STEPS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            denominator = 1 / nonZero(1 + even * denominator);
            numerator = nonZero(1 + even / numerator);
            fraction *= denominator * numerator;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            denominator = 1 / nonZero(1 + odd * denominator);
            numerator = nonZero(1 + odd / numerator);
            double change = denominator * numerator;
            fraction *= change;
            if (Math.abs(change - 1) < 1e-15) {
                break;
            }
        }
        return front * fraction / a;
    }

    private static double nonZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    /** The logarithm of the gamma function of a positive number (Lanczos 1964). */
    private static double logGamma(double x) {
        if (x < 0.5) {
            return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
        }
        double sum = 0.99999999999980993;
        for (int i = 0; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x + i);
        }
        double t = x + LANCZOS.length - 1.5;
        return Math.log(2 * Math.PI) / 2 + (x - 0.5) * Math.log(t) - t + Math.log(sum);
    }
}
