package io.raddle.wire;

import io.grpc.BindableService;

/** A service and the secret that its callers must present. */
public record Guarded(BindableService service, Secret secret) {}
