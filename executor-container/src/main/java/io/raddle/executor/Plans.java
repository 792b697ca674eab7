package io.raddle.executor;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.raddle.pipeline.StagePipeline;
import io.raddle.proto.Artifact;
import io.raddle.proto.ShippedPlan;
import io.raddle.proto.StagePlan;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The plans of the stages that run here, decoded once each. Small plans came with a launch, others are fetched when
 * their first task runs. The least recently used of many is forgotten and fetched again at need. Thread-safe.
 */
final class Plans {
    static final int MAX_PLANS = 256;

    private final Artifacts artifacts;
    /** Both under one lock, the least recently used first. */
    private final Map<ByteString, ShippedPlan> shipped = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<ByteString, StagePipeline> decoded = new LinkedHashMap<>(16, 0.75f, true);

    Plans(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    /** A plan came with a launch; it is decoded when a task needs it, or fetched should too many have come since. */
    void shipped(ShippedPlan plan) {
        synchronized (decoded) {
            shipped.put(plan.getSha256(), plan);
            bound(shipped);
        }
    }

    private static void bound(Map<ByteString, ?> plans) {
        if (plans.size() > MAX_PLANS) {
            plans.remove(plans.keySet().iterator().next());
        }
    }

    StagePipeline pipeline(ByteString sha256) throws InterruptedException {
        StagePipeline known;
        ShippedPlan plan;
        // Both at one moment: the slot that decodes it first takes it out of those that are shipped.
        synchronized (decoded) {
            known = decoded.get(sha256);
            plan = shipped.get(sha256);
        }
        if (known != null) {
            return known;
        }
        StagePipeline made = new StagePipeline(decode(sha256, plan));
        synchronized (decoded) {
            decoded.put(sha256, made);
            bound(decoded);
            // A pipeline holds its plan.
            shipped.remove(sha256);
        }
        return made;
    }

    private StagePlan decode(ByteString sha256, @Nullable ShippedPlan plan) throws InterruptedException {
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
