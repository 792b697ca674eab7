package io.raddle.executor;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.raddle.pipeline.StagePipeline;
import io.raddle.proto.Artifact;
import io.raddle.proto.ShippedPlan;
import io.raddle.proto.StagePlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The plans of the stages that run here, decoded once each. Small plans came with a launch, others are fetched when
 * their first task runs. The least recently used of many is forgotten and fetched again at need. Thread-safe.
 */
final class Plans {
    private static final int MAX_PLANS = 256;

    private final Artifacts artifacts;
    private final Map<ByteString, ShippedPlan> shipped = new ConcurrentHashMap<>();
    private final Map<ByteString, StagePipeline> decoded = new LinkedHashMap<>(16, 0.75f, true);

    Plans(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    /** A plan came with a launch; it is decoded when a task needs it. */
    void shipped(ShippedPlan plan) {
        shipped.put(plan.getSha256(), plan);
    }

    StagePipeline pipeline(ByteString sha256) throws InterruptedException {
        StagePipeline known = known(sha256);
        if (known != null) {
            return known;
        }
        StagePipeline made = new StagePipeline(decode(sha256));
        synchronized (decoded) {
            decoded.put(sha256, made);
            if (decoded.size() > MAX_PLANS) {
                ByteString eldest = decoded.keySet().iterator().next();
                decoded.remove(eldest);
                shipped.remove(eldest);
            }
        }
        return made;
    }

    private @org.jspecify.annotations.Nullable StagePipeline known(ByteString sha256) {
        synchronized (decoded) {
            return decoded.get(sha256);
        }
    }

    private StagePlan decode(ByteString sha256) throws InterruptedException {
        ShippedPlan plan = shipped.get(sha256);
        try {
            if (plan != null && !plan.getPlan().isEmpty()) {
                return StagePlan.parseFrom(plan.getPlan());
            }
            Artifact artifact = Artifact.newBuilder()
                    .setSha256(sha256)
                    .setName("plan")
                    .setSizeBytes(plan == null ? 0 : plan.getSizeBytes())
                    .build();
            return StagePlan.parseFrom(artifacts.bytes(artifact));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a plan cannot be read", e);
        }
    }
}
