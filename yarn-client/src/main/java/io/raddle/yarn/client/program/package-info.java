/** The application as a program: a jar or a source file, its main class, and the jars that its class path is made of. */
@NullMarked
package io.raddle.yarn.client.program;

import org.jspecify.annotations.NullMarked;
