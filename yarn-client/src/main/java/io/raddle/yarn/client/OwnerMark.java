package io.raddle.yarn.client;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file in a temporary directory that its process keeps locked: the system lets go of the lock when the process ends,
 * however it does. Its name has the process's number, since a process that merely opens and closes a file that it has
 * locked itself loses the lock.
 */
record OwnerMark(FileChannel file) implements AutoCloseable {
    private static final String PREFIX = "owner-";

    /** Marks a directory as this process's. */
    static OwnerMark put(Path directory) throws IOException {
        Path making = directory.resolve("making");
        FileChannel file = FileChannel.open(making, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        file.lock();
        // Locked before anybody looks for it under this name.
        Files.move(making, directory.resolve(PREFIX + ProcessHandle.current().pid()));
        return new OwnerMark(file);
    }

    /** Whether the process that marked it has ended; false when none has, or that cannot be told. */
    static boolean isAbandoned(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> marks = entries.filter(
                            entry -> entry.getFileName().toString().startsWith(PREFIX))
                    .toList();
            return marks.size() == 1
                    && !marks.get(0).endsWith(PREFIX + ProcessHandle.current().pid())
                    && isFree(marks.get(0));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isFree(Path mark) throws IOException {
        try (FileChannel file = FileChannel.open(mark, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
