package io.raddle.plan;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What a thread wants the jobs that it starts to be known by. */
public record JobLabels(Optional<String> group, Optional<String> description, Set<String> tags) {
    /** No label. */
    public static final JobLabels NONE = new JobLabels(Optional.empty(), Optional.empty(), Set.of());

    public JobLabels {
        tags = Set.copyOf(tags);
    }

    /** The same with one more tag. */
    public JobLabels with(String tag) {
        Set<String> more = new LinkedHashSet<>(tags);
        more.add(tag);
        return new JobLabels(group, description, more);
    }

    /** The same without this tag. */
    public JobLabels without(String tag) {
        Set<String> fewer = new LinkedHashSet<>(tags);
        fewer.remove(tag);
        return new JobLabels(group, description, fewer);
    }
}
