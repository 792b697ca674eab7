package io.raddle.yarn.client.stage;

import io.raddle.proto.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The private directory of one application; the master removes it at the end. Safe for any thread: once it was deleted,
 * no upload that is still under way brings it back.
 */
public final class StagingDirectory {
    /** Holds the secret of the Control service, for other processes of the same user. */
    public static final String CONTROL = "control";

    private static final FsPermission DIRECTORY = new FsPermission((short) 0700);
    private static final FsPermission FILE = new FsPermission((short) 0600);

    private final FileSystem files;
    private final Path path;
    private final Uploads uploads;
    private final ReadWriteLock existence = new ReentrantReadWriteLock();
    private boolean deleted;

    StagingDirectory(FileSystem files, Path path, Uploads uploads) {
        this.files = files;
        this.path = files.makeQualified(path);
        this.uploads = uploads;
    }

    /** What is above it is not closed with it: the engine's cache, which others may read, is made below that too. */
    public void make() throws IOException {
        whileItStays(() -> files.mkdirs(path.getParent()) && files.mkdirs(path, DIRECTORY));
    }

    public Path path() {
        return path;
    }

    /** Copies a local file to {@code name}, which may have directories; {@code link} is its name in a container. */
    public Resource add(java.nio.file.Path local, String name, Resource.Type type, String link) throws IOException {
        try (InputStream in = Files.newInputStream(local)) {
            return add(in, name, type, link);
        }
    }

    public Resource add(InputStream content, String name, Resource.Type type, String link) throws IOException {
        Path target = new Path(path, name);
        try (OutputStream out = whileItStays(() -> FileSystem.create(files, target, FILE))) {
            uploads.ofApplication(content.transferTo(out));
        }
        FileStatus status = files.getFileStatus(target);
        return Resource.newBuilder()
                .setUri(status.getPath().toUri().toString())
                .setSizeBytes(status.getLen())
                .setModifiedMillis(status.getModificationTime())
                .setType(type)
                .setPublicVisibility(false)
                .setLink(link)
                .build();
    }

    public void delete() throws IOException {
        existence.writeLock().lock();
        try {
            deleted = true;
            files.delete(path, true);
        } finally {
            existence.writeLock().unlock();
        }
    }

    /** To create a file makes the directories above it, so nothing is created beside or after the deletion. */
    private <T> T whileItStays(Creation<T> creation) throws IOException {
        existence.readLock().lock();
        try {
            if (deleted) {
                throw new IOException(path + " was deleted, because its application is not to run");
            }
            return creation.run();
        } finally {
            existence.readLock().unlock();
        }
    }

    private interface Creation<T> {
        T run() throws IOException;
    }
}
