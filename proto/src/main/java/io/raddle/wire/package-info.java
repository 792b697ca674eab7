/** Construction of channels and servers, the check of the application secret, the resumable stream and chunks. */
@NullMarked
package io.raddle.wire;

import org.jspecify.annotations.NullMarked;
