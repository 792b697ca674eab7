package io.raddle.io;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.security.AccessControlException;

/** Gives the failures of a file system their cause. */
public final class FileTrouble {
    private FileTrouble() {}

    /** What {@code trouble} with {@code path} is to a person. */
    public static RaddleException of(String path, IOException trouble) {
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

    /** A file whose content cannot be read on from {@code offset}. */
    static RaddleException damaged(String path, long offset, long length, Exception trouble) {
        return new RaddleException(
                new Cause.InvalidInput(
                        path + " is damaged or cut short: it could not be read on at byte " + offset + " of " + length
                                + ": " + firstLine(trouble) + ".",
                        "Copy it again from where it came, or leave it out."),
                trouble);
    }

    static RaddleException lineTooLong(String path, LineTooLong trouble) {
        return new RaddleException(
                new Cause.InvalidInput(
                        path + " cannot be read as lines: " + firstLine(trouble) + ".",
                        "Read it with binaryRecords, or with an InputFormat that cuts it otherwise."),
                trouble);
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

    static String firstLine(Throwable trouble) {
        String message = trouble.getMessage();
        String text = message == null || message.isBlank() ? trouble.getClass().getName() : message.strip();
        int line = text.indexOf('\n');
        String first = line < 0 ? text : text.substring(0, line).stripTrailing();
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }
}
