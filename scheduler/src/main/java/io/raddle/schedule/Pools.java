package io.raddle.schedule;

import java.util.SortedMap;
import java.util.TreeMap;

/** The pools that have work, by name. A stage is in the pool of the job that wanted it first, for as long as any wants it. */
final class Pools {
    private final SortedMap<String, Pool> byName = new TreeMap<>();

    /** The pool as this job wants it to be from now on. */
    Pool of(JobPool terms) {
        Pool pool = byName.computeIfAbsent(terms.name(), name -> new Pool(terms));
        pool.agree(terms);
        return pool;
    }

    void enter(Stage stage, Pool pool) {
        stage.enter(pool);
        pool.entered();
    }

    /** No job wants the stage any more, and no attempt of it is under way. */
    void leave(Stage stage) {
        if (stage.pool().left()) {
            byName.remove(stage.pool().terms().name());
        }
    }
}
