package io.raddle.function;

import java.io.Serializable;
import java.util.Comparator;

/** An order that can travel, so that a lambda can be one. */
@FunctionalInterface
public interface SerializableComparator<T> extends Comparator<T>, Serializable {}
