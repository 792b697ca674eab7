/** The command line: what a person types, what happens then, and what it prints. */
@NullMarked
package io.raddle.yarn.client;

import org.jspecify.annotations.NullMarked;
