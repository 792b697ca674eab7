package io.raddle.pipeline;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A run of record-wise operators over one iterator as one loop: however many there are, a record costs no further stack.
 * Holds one record ahead. Belongs to the thread of its task.
 */
final class FusedIterator implements Iterator<Object> {
    private final Iterator<?> source;
    private final Step[] steps;
    private final KillSwitch killSwitch;
    // The iterators that steps opened and that are not at their end, outermost first, and the step that follows each.
    private final Iterator<?>[] open;
    private final int[] following;
    private int depth;
    private boolean ready;
    private Object record = Step.DROPPED;

    FusedIterator(Iterator<?> source, List<Step> run, KillSwitch killSwitch) {
        this.source = source;
        this.steps = run.toArray(new Step[0]);
        this.killSwitch = killSwitch;
        int levels = (int) run.stream().filter(Step::opens).count();
        this.open = new Iterator<?>[levels];
        this.following = new int[levels];
    }

    @Override
    public boolean hasNext() {
        return ready || advance();
    }

    @Override
    public Object next() {
        if (!ready && !advance()) {
            throw new NoSuchElementException();
        }
        ready = false;
        return record;
    }

    private boolean advance() {
        while (true) {
            killSwitch.check();
            if (depth > 0) {
                if (advanceOpened()) {
                    return true;
                }
            } else if (!source.hasNext()) {
                record = Step.DROPPED;
                return false;
            } else if (run(source.next(), 0)) {
                return true;
            }
        }
    }

    private boolean advanceOpened() {
        Object next;
        try {
            Iterator<?> innermost = open[depth - 1];
            if (!innermost.hasNext()) {
                depth--;
                return false;
            }
            next = innermost.next();
        } catch (Exception e) {
            throw UserFailure.of(e);
        }
        return run(next, following[depth - 1]);
    }

    private boolean run(Object in, int from) {
        Object value = in;
        try {
            for (int at = from; at < steps.length; at++) {
                Step step = steps[at];
                value = step.apply(value);
                if (value == Step.DROPPED) {
                    return false;
                }
                if (step.opens()) {
                    open((Iterator<?>) value, at + 1);
                    return false;
                }
            }
        } catch (Exception e) {
            throw UserFailure.of(e);
        }
        record = value;
        ready = true;
        return true;
    }

    private void open(Iterator<?> opened, int next) {
        if (opened == null) {
            throw Step.noIterator();
        }
        open[depth] = opened;
        following[depth++] = next;
    }
}
