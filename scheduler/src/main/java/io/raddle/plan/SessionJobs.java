package io.raddle.plan;

import io.raddle.plan.KnownJob.State;
import io.raddle.proto.ApplicationStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The jobs of one session: those that run and the last {@value #REMEMBERED}, what threads want them to be known by, and
 * the state of the application. Thread-safe.
 */
public final class SessionJobs {
    private static final int REMEMBERED = 1000;

    private final Supplier<ApplicationStatus> status;

    @SuppressWarnings("ThreadLocalUsage") // a thread may work with several sessions
    private final ThreadLocal<JobLabels> labels = new InheritableThreadLocal<>() {
        @Override
        protected JobLabels initialValue() {
            return JobLabels.NONE;
        }
    };

    private final Map<Integer, KnownJob> known = new TreeMap<>();
    private final Map<Integer, JobRun> running = new TreeMap<>();

    public SessionJobs(Supplier<ApplicationStatus> status) {
        this.status = status;
    }

    /** What the jobs of this thread, and of those that it starts from now on, are known by. */
    public JobLabels labels() {
        return labels.get();
    }

    /** Makes {@code wanted} what the jobs of this thread are known by from now on. */
    public void label(JobLabels wanted) {
        labels.set(wanted);
    }

    /** The job in the pool, and under the description, that this thread wants. */
    public JobRequest labelled(JobRequest job) {
        JobLabels wanted = labels();
        return new JobRequest(
                job.root(), job.partitions(), job.sink(), wanted.description().orElse(job.site()), wanted.pool());
    }

    /** A job of this thread began. */
    public synchronized void started(JobRun job, String site) {
        known.put(job.id(), new KnownJob(job.id(), site, labels(), job.stages(), State.RUNNING));
        running.put(job.id(), job);
    }

    /** A job ended so; the first end counts. */
    public synchronized void ended(JobRun job, State state) {
        if (running.remove(job.id()) == null) {
            return;
        }
        known.computeIfPresent(job.id(), (id, before) -> before.in(state));
        if (known.size() - running.size() > REMEMBERED) {
            known.keySet().stream()
                    .filter(id -> !running.containsKey(id))
                    .findFirst()
                    .ifPresent(known::remove);
        }
    }

    /** The jobs that run and the last that ended, by number. */
    public synchronized List<KnownJob> jobs() {
        return List.copyOf(known.values());
    }

    /** Cancels the jobs that run and fit. */
    public void cancel(Predicate<KnownJob> which, String by) {
        fitting(which).forEach(job -> job.cancel(by));
    }

    private synchronized List<JobRun> fitting(Predicate<KnownJob> which) {
        List<JobRun> jobs = new ArrayList<>();
        running.forEach((id, job) -> {
            KnownJob view = known.get(id);
            if (view != null && which.test(view)) {
                jobs.add(job);
            }
        });
        return jobs;
    }

    /** The application as watchers see it; at most a tenth of a second old. */
    public ApplicationStatus status() {
        return status.get();
    }
}
