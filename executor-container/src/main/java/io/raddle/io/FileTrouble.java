package io.raddle.io;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/** Gives the failures of a file system their cause. */
final class FileTrouble {
    private FileTrouble() {}

    static RaddleException of(String path, IOException trouble) {
        if (trouble instanceof FileNotFoundException) {
            return new RaddleException(missing(path), trouble);
        }
        if (trouble instanceof AccessControlException) {
            return new RaddleException(
                    new Cause.InvalidInput(
                            "Access to " + path + " was denied: " + firstLine(trouble) + ".",
                            "Ask its owner for the permission, or submit as a user who has it."),
                    trouble);
        }
        return new RaddleException(
                new Cause.InvalidInput(
                        path + " could not be used: " + firstLine(trouble) + ".",
                        "Check the path and that its file system is reachable from here."),
                trouble);
    }

    /** Hadoop throws a bare exception where the code of a file system that it knows is not there. */
    static FileSystem fileSystem(Path path, Configuration configuration) throws IOException {
        try {
            return path.getFileSystem(configuration);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof ClassNotFoundException lacking) {
                throw new RaddleException(
                        new Cause.InvalidInput(
                                path + " is on a file system whose code is not here: " + lacking.getMessage() + ".",
                                "Copy it to a file system that Hadoop's client brings, such as hdfs:// or file://."),
                        e);
            }
            throw e;
        }
    }

    /** What does not exist may be half of a name. */
    static Cause missingOfSeveral(String path) {
        return new Cause.InvalidInput(
                "The input path " + path + " does not exist.",
                "Check its spelling and its file system; commas separate paths, so write ? for one that is part of a name.");
    }

    static Cause missing(String path) {
        return new Cause.InvalidInput(
                "The input path " + path + " does not exist.", "Check its spelling and its file system.");
    }

    private static String firstLine(IOException trouble) {
        String message = trouble.getMessage();
        String text = message == null || message.isBlank() ? trouble.getClass().getName() : message.strip();
        int line = text.indexOf('\n');
        String first = line < 0 ? text : text.substring(0, line).stripTrailing();
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }
}
