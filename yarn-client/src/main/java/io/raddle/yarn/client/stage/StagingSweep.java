package io.raddle.yarn.client.stage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Removes what applications left behind that were killed before they could clean up; a few per submit. */
final class StagingSweep {
    private static final int AT_ONCE = 20;
    /** The ResourceManager does not know an application yet whose submit is still under way. */
    private static final Duration LONGEST_SUBMIT = Duration.ofHours(1);

    private StagingSweep() {}

    /** Removes directories of more than an hour whose application, by its name, has ended; returns what was removed. */
    static List<String> run(FileSystem files, Path staging, Predicate<String> ended) throws IOException {
        long oldEnough = System.currentTimeMillis() - LONGEST_SUBMIT.toMillis();
        List<String> removed = new ArrayList<>();
        for (FileStatus status : directories(files, staging)) {
            String application = status.getPath().getName();
            boolean old = status.getModificationTime() < oldEnough;
            if (removed.size() < AT_ONCE && old && ended.test(application)) {
                files.delete(status.getPath(), true);
                removed.add(application);
            }
        }
        return removed;
    }

    private static FileStatus[] directories(FileSystem files, Path staging) throws IOException {
        try {
            return files.listStatus(staging);
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }
}
