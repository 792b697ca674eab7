package io.raddle.yarn.client.stage;

import io.raddle.proto.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;

/** The private directory of one application; the master removes it at the end. Safe for any thread. */
public final class StagingDirectory {
    /** Holds the secret of the Control service, for other processes of the same user. */
    public static final String CONTROL = "control";

    private static final FsPermission DIRECTORY = new FsPermission((short) 0700);
    private static final FsPermission FILE = new FsPermission((short) 0600);

    private final FileSystem files;
    private final Path path;
    private final Uploads uploads;

    private StagingDirectory(FileSystem files, Path path, Uploads uploads) {
        this.files = files;
        this.path = path;
        this.uploads = uploads;
    }

    public static StagingDirectory create(FileSystem files, Path path, Uploads uploads) throws IOException {
        files.mkdirs(path, DIRECTORY);
        return new StagingDirectory(files, files.makeQualified(path), uploads);
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
        try (OutputStream out = FileSystem.create(files, target, FILE)) {
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
        files.delete(path, true);
    }
}
