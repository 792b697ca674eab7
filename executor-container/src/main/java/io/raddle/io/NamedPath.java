package io.raddle.io;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.jspecify.annotations.Nullable;

/** Paths as programs name them, and the file systems that they are on. Stateless. */
public final class NamedPath {
    private NamedPath() {}

    /** What a program gave for one path or several, which must say something. */
    public static String given(@Nullable String paths) {
        if (paths == null || paths.chars().allMatch(each -> each == ',' || Character.isWhitespace(each))) {
            throw new RaddleException(new Cause.InvalidInput(
                    paths == null ? "A path was null." : "No path was named: '" + paths + "'.",
                    "Give a path such as hdfs:///data/in or /data/*.txt."));
        }
        return paths;
    }

    /** One path. */
    public static Path of(@Nullable String name) {
        String given = given(name);
        try {
            return new Path(given);
        } catch (IllegalArgumentException e) {
            throw notAPath(given, e);
        }
    }

    static RaddleException notAPath(String name, IllegalArgumentException trouble) {
        return new RaddleException(
                new Cause.InvalidInput(
                        "'" + name + "' is not a path: " + FileTrouble.firstLine(trouble) + ".",
                        "Give a path such as hdfs:///data/in or /data/*.txt."),
                trouble);
    }

    /** The file system of a path. */
    public static FileSystem files(Path path, Configuration configuration) throws IOException {
        try {
            return path.getFileSystem(configuration);
        } catch (UnsupportedFileSystemException | RuntimeException e) {
            RaddleException unknown = unknownFileSystem(path, e).orElse(null);
            if (unknown != null) {
                throw unknown;
            }
            throw e;
        }
    }

    private static Optional<RaddleException> unknownFileSystem(Path path, Exception trouble) {
        for (Throwable at = trouble; at != null; at = at.getCause()) {
            if (at instanceof UnsupportedFileSystemException) {
                return Optional.of(unknown(path, FileTrouble.firstLine(at), trouble));
            }
            if (at instanceof ClassNotFoundException) {
                return Optional.of(unknown(path, "its class is in no jar: " + FileTrouble.firstLine(at), trouble));
            }
            if (at instanceof UnknownHostException) {
                return Optional.of(new RaddleException(
                        new Cause.InvalidInput(
                                "The file system of " + path + " cannot be reached: nobody here knows the host "
                                        + FileTrouble.firstLine(at) + ".",
                                "Check its spelling. The name of a service of several NameNodes must stand in"
                                        + " hdfs-site.xml, where HADOOP_CONF_DIR points."),
                        trouble));
            }
        }
        return Optional.empty();
    }

    private static RaddleException unknown(Path path, String why, Exception trouble) {
        return new RaddleException(
                new Cause.InvalidInput(
                        "The file system of " + path + " cannot be used: " + why + ".",
                        "Bring the jars of the file system with --jars, or check how the path begins."),
                trouble);
    }
}
