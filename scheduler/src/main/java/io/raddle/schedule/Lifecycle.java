package io.raddle.schedule;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/** A transition table as a value: which state may follow which. */
final class Lifecycle<S extends Enum<S>> {
    private final String name;
    private final Class<S> states;
    private final Map<S, EnumSet<S>> table;

    private Lifecycle(String name, Class<S> states) {
        this.name = name;
        this.states = states;
        table = new EnumMap<>(states);
        for (S state : states.getEnumConstants()) {
            table.put(state, EnumSet.noneOf(states));
        }
    }

    static <S extends Enum<S>> Lifecycle<S> of(String name, Class<S> states) {
        return new Lifecycle<>(name, states);
    }

    /** Adds the transitions from one state; used only while the table is built. */
    @SafeVarargs
    final Lifecycle<S> may(S from, S... to) {
        followers(from).addAll(List.of(to));
        return this;
    }

    boolean allows(S from, S to) {
        return followers(from).contains(to);
    }

    /** Calls for every transition of the table. */
    void forEach(BiConsumer<S, S> visitor) {
        table.forEach((from, followers) -> followers.forEach(to -> visitor.accept(from, to)));
    }

    String word(S from, S to) {
        return name + " " + from + " -> " + to;
    }

    private EnumSet<S> followers(S state) {
        return Objects.requireNonNull(table.get(state));
    }

    int states() {
        return states.getEnumConstants().length;
    }
}
