/** The cluster as the client meets it: its configuration, its ResourceManager, and what that one allows. */
@NullMarked
package io.raddle.yarn.client.hadoop;

import org.jspecify.annotations.NullMarked;
