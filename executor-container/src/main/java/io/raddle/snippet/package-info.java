/**
 * What the classes of a prompt run on: lines that a person typed become classes whose variables are static fields, and
 * a function made of them sees, on an executor, the values that they had when it was handed to an operation.
 */
@NullMarked
package io.raddle.snippet;

import org.jspecify.annotations.NullMarked;
