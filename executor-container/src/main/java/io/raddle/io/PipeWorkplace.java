package io.raddle.io;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.function.Pipe.Workplace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory that a piped process runs in; one of its own is removed when it is closed. */
record PipeWorkplace(@Nullable Path own) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PipeWorkplace.class);
    private static final String PREFIX = "raddle-pipe-";

    static PipeWorkplace of(Workplace kind) {
        if (kind == Workplace.SHARED) {
            return new PipeWorkplace(null);
        }
        Path here = Path.of("").toAbsolutePath();
        try {
            Path own = Files.createTempDirectory(here, PREFIX);
            try (Stream<Path> files = Files.list(here)) {
                for (Path file : files.filter(each -> !isWorkplace(each)).toList()) {
                    Files.createSymbolicLink(own.resolve(String.valueOf(file.getFileName())), file);
                }
            }
            return new PipeWorkplace(own);
        } catch (IOException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            "No directory could be made in " + here + " for a piped process: "
                                    + FileTrouble.firstLine(e) + ".",
                            "Let the process run in the executor's own directory, or free space on that disk."),
                    e);
        }
    }

    /** Null for the executor's own. */
    @Nullable
    File directory() {
        return own == null ? null : own.toFile();
    }

    @Override
    public void close() {
        if (own == null || !Files.exists(own)) {
            return;
        }
        try (Stream<Path> files = Files.walk(own)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("{} could not be removed", own, e);
        }
    }

    private static boolean isWorkplace(Path file) {
        return String.valueOf(file.getFileName()).startsWith(PREFIX);
    }
}
