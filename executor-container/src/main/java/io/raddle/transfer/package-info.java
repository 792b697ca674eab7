/**
 * Blocks on their way from one executor to another: a server that asks its providers for a block by name, and a client
 * that checks what it gets. Over gRPC, like all else that carries the {@code executor} secret, since its streams stop
 * when the reader does; map outputs, which NodeManagers serve too, keep Hadoop's HTTP dialect.
 */
@NullMarked
package io.raddle.transfer;

import org.jspecify.annotations.NullMarked;
