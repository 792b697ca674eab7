package io.raddle.io;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.mapred.InvalidJobConfException;

/** Gives the failures of InputFormats and OutputFormats their cause. */
final class FormatTrouble {
    private FormatTrouble() {}

    /** {@code what} was being done: "the splits of x were planned". */
    static RuntimeException of(String what, Exception trouble) {
        if (trouble instanceof RaddleException typed) {
            return typed;
        }
        if (trouble instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return new UncheckedIOException(new InterruptedIOException(what));
        }
        String line = FileTrouble.firstLine(trouble);
        if (trouble instanceof org.apache.hadoop.mapred.InvalidInputException
                || trouble instanceof org.apache.hadoop.mapreduce.lib.input.InvalidInputException
                || trouble instanceof FileNotFoundException) {
            return invalid(line + ".", "Check the spelling of the path and its file system.", trouble);
        }
        if (trouble instanceof FileAlreadyExistsException
                || trouble instanceof org.apache.hadoop.mapred.FileAlreadyExistsException) {
            return invalid(line + ".", "Remove it or name another; Raddle never overwrites.", trouble);
        }
        if (trouble instanceof InvalidJobConfException) {
            return invalid(line + ".", "Set what the format asks for in the configuration.", trouble);
        }
        if (trouble instanceof UnsupportedFileSystemException) {
            return invalid(line + ".", "Bring the jars of the file system with --jars, or check the path.", trouble);
        }
        if (trouble.getCause() instanceof ClassNotFoundException missing) {
            return invalid(
                    "A class that was needed while " + what + " is in no jar: " + FileTrouble.firstLine(missing) + ".",
                    "Bring its jar with --jars.",
                    trouble);
        }
        if (trouble instanceof EOFException) {
            return invalid(
                    "A file is damaged or cut short: it ended while " + what + ".",
                    "Copy it again from where it came, or leave it out.",
                    trouble);
        }
        if (trouble instanceof IOException) {
            return invalid(
                    "Something failed while " + what + ": " + line + ".",
                    "Check that the files are whole, may be read and are what the format expects.",
                    trouble);
        }
        return trouble instanceof RuntimeException code ? code : new IllegalStateException(trouble);
    }

    private static RaddleException invalid(String what, String todo, Exception trouble) {
        return new RaddleException(new Cause.InvalidInput(what, todo), trouble);
    }
}
