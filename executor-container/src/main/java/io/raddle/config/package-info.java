/**
 * What can be configured: the registry of keys with type, default, range and one line of documentation each, and the
 * values that a start-up gave, checked once. An unknown key or a value out of range ends the start with a sentence.
 */
@NullMarked
package io.raddle.config;

import org.jspecify.annotations.NullMarked;
