package io.raddle.executor;

import io.raddle.wire.Secret;

/**
 * How map outputs travel between executors of one application: {@code job} names it to shuffle servers, {@code secret}
 * signs requests, and {@code servicePort} is that of the node's own shuffle service, 0 when it has none.
 */
public record ShuffleNetwork(String job, Secret secret, int servicePort) {}
