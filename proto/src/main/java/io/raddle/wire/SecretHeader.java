package io.raddle.wire;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/** Presents a secret with every call of a channel. */
final class SecretHeader implements ClientInterceptor {
    static final Metadata.Key<byte[]> KEY = Metadata.Key.of("raddle-secret-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private final byte[] secret;

    SecretHeader(Secret secret) {
        this.secret = secret.bytes();
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                headers.put(KEY, secret);
                super.start(listener, headers);
            }
        };
    }
}
