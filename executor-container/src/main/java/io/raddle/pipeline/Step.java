package io.raddle.pipeline;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.FilterFunction;
import io.raddle.function.FlatMapFunction;
import io.raddle.function.Function;
import io.raddle.function.Pair;
import io.raddle.function.PairFunction;
import io.raddle.proto.Transform.Shape;
import java.util.Iterator;

/** What one operator does with one record, in a run of such operators. */
abstract class Step {
    /** Stands for no record. */
    static final Object DROPPED = new Object();

    /** Whether what {@link #apply} returns is an iterator over the records of the next step. */
    boolean opens() {
        return false;
    }

    /** The record of the next step, {@link #DROPPED}, or an iterator over several when this step {@link #opens}. */
    abstract Object apply(Object in) throws Exception;

    @SuppressWarnings("unchecked")
    static Step of(Shape shape, Object function) {
        return switch (shape) {
            case MAP -> new Mapping((Function<Object, Object>) function);
            case FILTER -> new Filtering((FilterFunction<Object>) function);
            case FLAT_MAP -> new Opening((FlatMapFunction<Object, Object>) function);
            case MAP_TO_PAIR -> new Pairing((PairFunction<Object, Object, Object>) function);
            case MAP_VALUES -> new MappingValues((Function<Object, Object>) function);
            case FLAT_MAP_VALUES -> new OpeningValues((FlatMapFunction<Object, Object>) function);
            default -> throw new IllegalArgumentException(shape + " is not a step with a function");
        };
    }

    static RaddleException noIterator() {
        return new RaddleException(new Cause.InvalidInput(
                "A flatMap function returned null instead of an iterator.",
                "Return Collections.emptyIterator() where there are no records."));
    }

    static Step keys() {
        return new Keys();
    }

    static Step values() {
        return new Values();
    }

    private static final class Mapping extends Step {
        private final Function<Object, Object> function;

        Mapping(Function<Object, Object> function) {
            this.function = function;
        }

        @Override
        Object apply(Object in) throws Exception {
            return function.call(in);
        }
    }

    private static final class Filtering extends Step {
        private final FilterFunction<Object> function;

        Filtering(FilterFunction<Object> function) {
            this.function = function;
        }

        @Override
        Object apply(Object in) throws Exception {
            return function.call(in) ? in : DROPPED;
        }
    }

    private static final class Pairing extends Step {
        private final PairFunction<Object, Object, Object> function;

        Pairing(PairFunction<Object, Object, Object> function) {
            this.function = function;
        }

        @Override
        Object apply(Object in) throws Exception {
            Pair<Object, Object> pair = function.call(in);
            if (pair == null) {
                throw new RaddleException(new Cause.InvalidInput(
                        "A function of mapToPair returned null instead of a pair.",
                        "Return a pair for each record; flatMapToPair may return none."));
            }
            return pair;
        }
    }

    private static final class MappingValues extends Step {
        private final Function<Object, Object> function;

        MappingValues(Function<Object, Object> function) {
            this.function = function;
        }

        @Override
        Object apply(Object in) throws Exception {
            Pair<?, ?> pair = (Pair<?, ?>) in;
            return new Pair<>(pair.key(), function.call(pair.value()));
        }
    }

    private static final class Opening extends Step {
        private final FlatMapFunction<Object, Object> function;

        Opening(FlatMapFunction<Object, Object> function) {
            this.function = function;
        }

        @Override
        boolean opens() {
            return true;
        }

        @Override
        Object apply(Object in) throws Exception {
            return function.call(in);
        }
    }

    private static final class OpeningValues extends Step {
        private final FlatMapFunction<Object, Object> function;

        OpeningValues(FlatMapFunction<Object, Object> function) {
            this.function = function;
        }

        @Override
        boolean opens() {
            return true;
        }

        @Override
        Object apply(Object in) throws Exception {
            Pair<?, ?> pair = (Pair<?, ?>) in;
            Iterator<Object> values = function.call(pair.value());
            if (values == null) {
                throw noIterator();
            }
            return new Iterator<Object>() {
                @Override
                public boolean hasNext() {
                    return values.hasNext();
                }

                @Override
                public Object next() {
                    return new Pair<>(pair.key(), values.next());
                }
            };
        }
    }

    private static final class Keys extends Step {
        @Override
        Object apply(Object in) {
            return ((Pair<?, ?>) in).key();
        }
    }

    private static final class Values extends Step {
        @Override
        Object apply(Object in) {
            return ((Pair<?, ?>) in).value();
        }
    }
}
