package io.raddle.driver;

import com.google.protobuf.ByteString;
import io.raddle.fault.Cause;
import io.raddle.id.JobId;
import io.raddle.id.StageId;
import io.raddle.schedule.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The jobs that run, by their result stage. Belongs to the driver's thread, but for those that are about to begin. */
final class JobBook {
    private final DriverLoop loop;
    private final Set<RunningJob> expected = ConcurrentHashMap.newKeySet();
    private final Map<StageId, RunningJob> byResult = new HashMap<>();
    private final Map<JobId, Runnable> endings = new HashMap<>();
    private final Map<JobId, RunningJob> jobs = new HashMap<>();

    JobBook(DriverLoop loop) {
        this.loop = loop;
    }

    /** A job is about to begin: it shares the fate of all, even if the driver's thread never comes to it. Any thread. */
    void expect(RunningJob job) {
        expected.add(job);
    }

    /** A job begins; {@code ending} is run once it has ended. */
    void begin(RunningJob job, StageId result, Runnable ending) {
        expected.remove(job);
        jobs.put(job.job(), job);
        byResult.put(result, job);
        endings.put(job.job(), () -> {
            byResult.remove(result);
            ending.run();
        });
    }

    /** Hands a value to the job of this result stage, or cancels the job when its values are too many. */
    void accept(StageId result, int partition, long size, Supplier<ByteString> content) {
        RunningJob job = byResult.get(result);
        if (job != null) {
            job.accept(partition, size, content)
                    .ifPresent(cause -> loop.tell(new Event.JobCancelled(job.job(), cause)));
        }
    }

    void end(JobId id, Optional<Cause> cause) {
        RunningJob job = jobs.remove(id);
        if (job != null) {
            Optional.ofNullable(endings.remove(id)).ifPresent(Runnable::run);
            job.ended(cause);
        }
    }

    /** Cancels all jobs. */
    void cancelAll(Cause cause) {
        jobs.keySet().forEach(job -> loop.tell(new Event.JobCancelled(job, cause)));
    }

    /** Ends all jobs without asking the core, which decides nothing any more. */
    void failAll(Cause cause) {
        expected.forEach(job -> job.ended(Optional.of(cause)));
        expected.clear();
        java.util.List.copyOf(jobs.keySet()).forEach(job -> end(job, Optional.of(cause)));
    }
}
