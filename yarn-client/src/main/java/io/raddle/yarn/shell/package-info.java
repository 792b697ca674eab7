/**
 * A prompt for Java, by the JDK's JShell: lines become classes, whose functions run on executors with the values that the
 * prompt's variables had when they were handed to an operation.
 */
@NullMarked
package io.raddle.yarn.shell;

import org.jspecify.annotations.NullMarked;
