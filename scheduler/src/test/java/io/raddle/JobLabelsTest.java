package io.raddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.raddle.fault.RaddleException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs can be found, described and cancelled by the group and the tags of the thread that started them. */
class JobLabelsTest {
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private Session session;

    @BeforeEach
    void open() {
        session = Session.builder().master("local[2]").build();
    }

    @AfterEach
    void close() {
        session.close();
    }

    private FutureResult<Long> stuck() {
        return session.parallelize(List.of(1, 2), 1)
                .map(each -> NEVER.await(50, TimeUnit.SECONDS))
                .countAsync();
    }

    @Test
    void cancelsTheJobsOfOneGroupOnly() {
        session.setJobGroup("night", "count at night");
        FutureResult<Long> ofGroup = stuck();
        session.clearJobGroup();
        FutureResult<Long> other = stuck();
        StatusTracker tracker = session.statusTracker();
        assertThat(tracker.getJobIdsForGroup("night")).isEqualTo(ofGroup.jobIds());
        assertThat(tracker.getJobIdsForNoGroup()).isEqualTo(other.jobIds());
        assertThat(tracker.getJobInfo(ofGroup.jobIds().get(0)).orElseThrow().name())
                .isEqualTo("count at night");

        session.cancelJobGroup("night");

        assertThatThrownBy(ofGroup::get).hasMessageContaining("its group night");
        assertThat(other.isDone()).isFalse();
        session.cancelAllJobs();
        assertThatThrownBy(other::get).hasMessageContaining("all its jobs");
    }

    @Test
    void cancelsTheJobsThatCarryATag() {
        session.addJobTag("slow");
        session.addJobTag("daily");
        assertThat(session.getJobTags()).containsExactlyInAnyOrder("slow", "daily");
        FutureResult<Long> tagged = stuck();
        session.removeJobTag("slow");
        FutureResult<Long> daily = stuck();
        session.clearJobTags();
        assertThat(session.getJobTags()).isEmpty();
        assertThat(session.statusTracker().getJobIdsForTag("slow")).isEqualTo(tagged.jobIds());

        session.cancelJobsWithTag("slow");

        assertThatThrownBy(tagged::get).hasMessageContaining("its tag slow");
        assertThat(daily.isDone()).isFalse();
        session.cancelJobsWithTag("daily");
        assertThatThrownBy(daily::get).hasMessageContaining("its tag daily");
    }

    @Test
    void labelsTheJobsOfTheThreadThatAskedAlone() throws InterruptedException {
        session.setJobGroup("mine", "");
        Thread child = new Thread(() -> {
            session.parallelize(List.of(1), 1).count();
            session.setJobGroup("theirs", "");
            session.parallelize(List.of(1), 1).count();
        });
        child.start();
        child.join();
        session.parallelize(List.of(1), 1).count();

        assertThat(session.statusTracker().getJobIdsForGroup("mine")).hasSize(2);
        assertThat(session.statusTracker().getJobIdsForGroup("theirs")).hasSize(1);
    }

    @Test
    void aJobOfAnotherPoolDoesNotWaitForOneThatWasThereBefore() throws Exception {
        FutureResult<Long> batch = session.range(0, 400, 1, 400)
                .map(each -> NEVER.await(20, TimeUnit.MILLISECONDS))
                .countAsync();
        session.setJobPool("quick", 2, 1);
        long quick = session.range(0, 4, 1, 4)
                .map(each -> NEVER.await(20, TimeUnit.MILLISECONDS))
                .count();
        session.clearJobPool();

        assertThat(quick).isEqualTo(4);
        assertThat(batch.isDone()).isFalse();
        assertThat(batch.get()).isEqualTo(400);
    }

    @Test
    void refusesAPoolThatMakesNoSense() {
        assertThatThrownBy(() -> session.setJobPool("quick", 0, 0))
                .isInstanceOf(RaddleException.class)
                .hasMessageContaining("\"quick\" with weight 0");
        assertThatThrownBy(() -> session.setJobPool(" ")).isInstanceOf(RaddleException.class);
    }

    @Test
    void labelsAllJobsOfATakeBesideTheProgram() throws Exception {
        session.addJobTag("take");
        FutureResult<List<Integer>> taken =
                session.parallelize(List.of(1, 2, 3), 3).takeAsync(3);
        session.clearJobTags();

        assertThat(taken.get()).containsExactly(1, 2, 3);
        assertThat(taken.jobIds()).hasSizeGreaterThan(1);
        assertThat(session.statusTracker().getJobIdsForTag("take")).isEqualTo(taken.jobIds());
    }

    @Test
    void tellsHowJobsStagesAndExecutorsAre() {
        session.setJobDescription("the sum");
        session.parallelize(List.of(1, 2, 3, 4), 2)
                .keyBy(each -> each % 2)
                .reduceByKey(Integer::sum, 3)
                .count();
        session.clearJobGroup();
        StatusTracker tracker = session.statusTracker();

        JobInfo job = tracker.getJobInfo(0).orElseThrow();

        assertThat(job.name()).isEqualTo("the sum");
        assertThat(job.status()).isEqualTo(JobInfo.Status.SUCCEEDED);
        assertThat(job.stageIds()).hasSize(2);
        assertThat(tracker.getJobInfo(99)).isEmpty();
        int last = job.stageIds().get(1);
        await().atMost(40, TimeUnit.SECONDS)
                .until(() -> tracker.getStageInfo(last)
                        .filter(stage -> stage.completedTasks() == 3)
                        .isPresent());
        assertThat(tracker.getStageInfo(last).orElseThrow())
                .satisfies(stage -> assertThat(stage.tasks()).isEqualTo(3))
                .satisfies(stage -> assertThat(stage.name()).isEqualTo("the sum"));
        await().atMost(40, TimeUnit.SECONDS)
                .until(() -> tracker.getActiveStageIds().isEmpty());
        assertThat(tracker.getExecutorInfos()).hasSize(1).allMatch(executor -> executor.slots() == 2);
        assertThat(tracker.getActiveJobIds()).isEmpty();
    }

    @Test
    void tellsWhichJobFailed() {
        assertThatThrownBy(
                () -> session.parallelize(List.of(0), 1).map(each -> 1 / each).count());

        assertThat(session.statusTracker().getJobInfo(0).orElseThrow().status()).isEqualTo(JobInfo.Status.FAILED);
    }

    @Test
    void refusesTagsThatCannotBe() {
        assertThatThrownBy(() -> session.addJobTag("")).hasMessageContaining("cannot be a tag");
        assertThatThrownBy(() -> session.addJobTag("a,b")).hasMessageContaining("\"a,b\"");
    }
}
