package io.raddle.plan;

import io.raddle.schedule.JobPool;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What a thread wants the jobs that it starts to be known by, and the pool that they run in. */
public record JobLabels(Optional<String> group, Optional<String> description, Set<String> tags, JobPool pool) {
    /** No label. */
    public static final JobLabels NONE = new JobLabels(Optional.empty(), Optional.empty(), Set.of(), JobPool.DEFAULT);

    public JobLabels {
        tags = Set.copyOf(tags);
    }

    /** The same in this group, or in none. */
    public JobLabels inGroup(Optional<String> other) {
        return new JobLabels(other, description, tags, pool);
    }

    /** The same under this description, or under none. */
    public JobLabels under(Optional<String> other) {
        return new JobLabels(group, other, tags, pool);
    }

    /** The same in this pool. */
    public JobLabels in(JobPool other) {
        return new JobLabels(group, description, tags, other);
    }

    /** The same with one more tag. */
    public JobLabels with(String tag) {
        Set<String> more = new LinkedHashSet<>(tags);
        more.add(tag);
        return new JobLabels(group, description, more, pool);
    }

    /** The same without this tag. */
    public JobLabels without(String tag) {
        Set<String> fewer = new LinkedHashSet<>(tags);
        fewer.remove(tag);
        return new JobLabels(group, description, fewer, pool);
    }

    /** The same without a tag. */
    public JobLabels withoutTags() {
        return new JobLabels(group, description, Set.of(), pool);
    }
}
