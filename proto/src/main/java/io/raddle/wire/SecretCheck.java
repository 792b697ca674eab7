package io.raddle.wire;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns away every call that does not present the right secret; logs and counts them. */
final class SecretCheck implements ServerInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(SecretCheck.class);

    private final Secret expected;
    private final LongAdder rejected;

    SecretCheck(Secret expected, LongAdder rejected) {
        this.expected = expected;
        this.rejected = rejected;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        byte[] presented = headers.get(SecretHeader.KEY);
        if (presented != null && expected.matches(presented)) {
            return next.startCall(call, headers);
        }
        rejected.increment();
        String fault = presented == null ? "no application secret" : "a wrong application secret";
        LOG.warn(
                "Refused {} from {}: {}",
                call.getMethodDescriptor().getFullMethodName(),
                call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR),
                fault);
        call.close(Status.UNAUTHENTICATED.withDescription("The call carried " + fault + "."), new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
