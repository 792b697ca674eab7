package io.raddle.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.raddle.Session;
import io.raddle.cluster.EmptyCluster;
import io.raddle.config.Configuration;
import io.raddle.endpoint.EndpointSettings;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program sees when the thread that decides everything has met a defect. */
class DriverDefectTest {
    @TempDir
    private Path directory;

    private final DefectiveCluster cluster = new DefectiveCluster();
    private DriverHost host;
    private Session session;

    @BeforeEach
    void open() {
        HostSettings settings = new HostSettings(
                "test",
                1,
                "1-1-1",
                1,
                1,
                Configuration.defaults(),
                ByteString.EMPTY,
                List.of(),
                EndpointSettings.inProcess(directory, 1 << 20));
        host = DriverHost.start(settings, cluster);
        host.install();
        session = Session.builder().build();
    }

    @AfterEach
    void close() {
        cluster.defect.countDown();
        session.close();
        host.close();
    }

    @Test
    void endsAJobThatTheDriverHadNotComeToYet() throws Exception {
        await().until(() -> cluster.reached.getCount() == 0);
        FutureTask<Long> job = new FutureTask<>(this::count);
        Thread program = new Thread(job);
        program.start();
        await().until(() -> program.getState() == Thread.State.WAITING);

        cluster.defect.countDown();

        assertThatThrownBy(() -> job.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(RaddleException.class, DriverDefectTest::namesTheDefect);
    }

    @Test
    void refusesFurtherJobsWithTheDefect() {
        cluster.defect.countDown();

        await().untilAsserted(() -> assertThatThrownBy(this::count)
                .isInstanceOfSatisfying(RaddleException.class, DriverDefectTest::namesTheDefect));
    }

    private static void namesTheDefect(RaddleException thrown) {
        assertThat(thrown.fault()).isInstanceOf(Cause.InternalError.class);
        assertThat(thrown.fault().happened()).contains("impossible");
    }

    private long count() {
        return session.parallelize(List.of(1, 2, 3), 1).count();
    }

    /** Grants nothing; the driver's thread comes to a defect in it when the test says so. */
    private static final class DefectiveCluster implements EmptyCluster {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch defect = new CountDownLatch(1);

        @Override
        public void progress(float done) {
            reached.countDown();
            try {
                defect.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("impossible");
        }
    }
}
