/** What a person sees while an application runs: its own text, and below it where it stands. */
@NullMarked
package io.raddle.yarn.client.console;

import org.jspecify.annotations.NullMarked;
