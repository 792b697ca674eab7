package io.raddle.schedule;

import java.util.Comparator;

/** A pool that has work: how much of it is under way against what it should have. */
final class Pool {
    /**
     * The one that should have the next slot first: pools below their minimum by what they have of it, then all by tasks
     * per weight, as Spark's fair scheduler.
     */
    static final Comparator<Pool> BY_NEED = Comparator.comparing((Pool pool) -> !pool.isBelowMinimum())
            .thenComparingDouble(Pool::load)
            .thenComparing(pool -> pool.terms.name());

    private JobPool terms;
    private int underWay;
    /** Stages that a running job may need. */
    private int stages;

    Pool(JobPool terms) {
        this.terms = terms;
    }

    void agree(JobPool latest) {
        terms = latest;
    }

    JobPool terms() {
        return terms;
    }

    void entered() {
        stages++;
    }

    /** Answers whether no stage is left. */
    boolean left() {
        return --stages == 0;
    }

    void began() {
        underWay++;
    }

    void ended() {
        underWay--;
    }

    int underWay() {
        return underWay;
    }

    private boolean isBelowMinimum() {
        return underWay < terms.minimum();
    }

    private double load() {
        return (double) underWay / (isBelowMinimum() ? terms.minimum() : terms.weight());
    }

    @Override
    public String toString() {
        return "pool " + terms.name();
    }
}
