package io.raddle.yarn.shell;

import io.raddle.snippet.Scope;

/** A variable of the prompt: a static field of the class around the line that declared it. */
record Variable(String owner, String name) implements Comparable<Variable> {
    /** What a task knows it by. */
    String key() {
        return Scope.variable(owner, name);
    }

    @Override
    public int compareTo(Variable other) {
        return key().compareTo(other.key());
    }
}
