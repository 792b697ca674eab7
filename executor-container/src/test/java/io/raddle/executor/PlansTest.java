package io.raddle.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.raddle.pipeline.StagePipeline;
import io.raddle.proto.Operator;
import io.raddle.proto.ShippedPlan;
import io.raddle.proto.StagePlan;
import io.raddle.wire.Sha256;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlansTest {
    private static final int ROUNDS = 2_000;

    private final ExecutorService slots = Executors.newFixedThreadPool(2);

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        slots.shutdownNow();
    }

    @Test
    void hasAShippedPlanForAllSlotsThatAskAtOneMoment() throws Exception {
        BulkLine line = new BulkLine(endpoint -> {
            throw new AssertionError("a plan that was shipped is fetched");
        });
        line.attached(new Endpoint(1, "nowhere", 1));
        Plans plans = new Plans(new Artifacts(directory, line));
        for (int round = 1; round <= ROUNDS; round++) {
            StagePlan plan = StagePlan.newBuilder()
                    .addOperators(Operator.newBuilder().setPartitions(round))
                    .build();
            ShippedPlan shipped = shipped(plan);
            plans.shipped(shipped);
            AtomicInteger ready = new AtomicInteger();

            Future<StagePipeline> one = slots.submit(() -> pipeline(plans, shipped, ready));
            Future<StagePipeline> other = slots.submit(() -> pipeline(plans, shipped, ready));

            assertThat(one.get().plan()).isEqualTo(plan);
            assertThat(other.get().plan()).isEqualTo(plan);
        }
    }

    private static StagePipeline pipeline(Plans plans, ShippedPlan shipped, AtomicInteger ready) throws Exception {
        int there = ready.incrementAndGet();
        while (there < 2) {
            there = ready.get();
        }
        return plans.pipeline(shipped.getSha256());
    }

    private static ShippedPlan shipped(StagePlan plan) {
        return ShippedPlan.newBuilder()
                .setSha256(Sha256.of(plan.toByteArray()).bytes())
                .setPlan(plan.toByteString())
                .build();
    }
}
