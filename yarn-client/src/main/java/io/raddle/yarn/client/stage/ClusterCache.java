package io.raddle.yarn.client.stage;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.Resource;
import io.raddle.wire.Sha256;
import io.raddle.yarn.launch.OwnLinks;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Files in the cluster's file system named by their content, so that an upload happens once. A file comes into being
 * whole: it is written under a temporary name and renamed, and whoever comes second finds it there. Nothing in it is
 * believed before its hash was seen once; a mark in the submitter's own directory remembers that. What a trusted owner's
 * directory lacks, and the submitter may not put there, goes to a cache in the submitter's own directory.
 */
public final class ClusterCache {
    private static final FsPermission DIRECTORY = new FsPermission((short) 0755);
    private static final FsPermission FILE = new FsPermission((short) 0644);
    private static final String ENGINE_SUFFIX = "-engine.tar";
    /** The engine, the Java, its JVM as the master that made the archive names it, and the archive's content. */
    private static final Pattern CLASS_DATA = Pattern.compile(".*-([0-9a-f]{64})\\.jsa");

    /** Enough to tell shipped JDKs apart; names have no room for all. */
    private static final int JDK_DIGITS = 16;

    private static final String TEMPORARY = ".uploading-";
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final FileSystem files;
    private final Path directory;
    private final Path own;
    private final Path marks;
    private final String user;
    private final Set<String> trusted;
    private final Uploads uploads;

    /**
     * @param own the submitter's own directory, for marks and for what {@code directory} lacks
     * @param trusted owners besides the submitter whose files are used
     */
    public ClusterCache(FileSystem files, Path directory, Path own, String user, Set<String> trusted, Uploads uploads) {
        this.files = files;
        this.directory = files.makeQualified(directory);
        this.own = files.makeQualified(new Path(own, "cache"));
        this.marks = new Path(own, "verified");
        this.user = user;
        this.trusted = Set.copyOf(trusted);
        this.uploads = uploads;
    }

    /** Asks for the engine without needing it yet, so that connections stand when it is published. */
    public void warmUp(Engine engine) throws IOException {
        files.exists(new Path(directory, engine.identity().hex() + ENGINE_SUFFIX));
    }

    /** The engine as a container sees it. */
    public Resource publish(Engine engine) throws IOException {
        return publish(engine.archive(), engine.identity(), ENGINE_SUFFIX, Resource.Type.ARCHIVE, Engine.LINK);
    }

    /**
     * The newest of the class-data archives whose URIs begin so, made by a master; one of another JVM is ignored where it
     * does not fit. It is code as the engine is, and no more believed before its hash was seen.
     */
    public Optional<Resource> classData(String prefix) throws IOException {
        String begin = new Path(prefix).getName();
        Optional<FileStatus> newest = newest(directory, begin);
        if (newest.isEmpty()) {
            newest = newest(own, begin);
        }
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        requireTrust(newest.get());
        verify(newest.get(), digest(newest.get()).orElseThrow());
        return Optional.of(resource(newest.get(), Resource.Type.FILE, OwnLinks.CLASS_DATA));
    }

    private Optional<FileStatus> newest(Path place, String begin) throws IOException {
        try {
            return Arrays.stream(files.listStatus(place))
                    .filter(status -> status.getPath().getName().startsWith(begin))
                    .filter(status -> digest(status).isPresent())
                    .max(Comparator.comparingLong(FileStatus::getModificationTime));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** What the URIs of this engine's new class-data archives begin with: for the nodes' own Java, or one that is shipped. */
    public String classDataPrefix(Engine engine, Optional<Sha256> jdk) throws IOException {
        String java = jdk.map(content -> content.hex().substring(0, JDK_DIGITS)).orElse("nodes");
        return new Path(writable(), engine.identity().hex() + "-" + java + "-")
                .toUri()
                .toString();
    }

    private static Optional<Sha256> digest(FileStatus classData) {
        Matcher name = CLASS_DATA.matcher(classData.getPath().getName());
        return name.matches() ? Optional.of(new Sha256(name.group(1))) : Optional.empty();
    }

    /** The file with this content as a container sees it, uploaded when the cache lacks it. */
    public Resource publish(java.nio.file.Path local, Sha256 content, String suffix, Resource.Type type, String link)
            throws IOException {
        String name = content.hex() + suffix;
        Path target = new Path(directory, name);
        Optional<FileStatus> found = find(target, Files.size(local));
        if (found.isEmpty()) {
            target = new Path(writable(), name);
            found = find(target, Files.size(local));
        }
        if (found.isEmpty()) {
            upload(local, content, target);
        }
        FileStatus status = files.getFileStatus(target);
        requireTrust(status);
        verify(status, content);
        return resource(status, type, link);
    }

    /** Where the submitter's files go: to the cache, unless it is a trusted owner's. */
    private Path writable() throws IOException {
        try {
            String owner = files.getFileStatus(directory).getOwner();
            return owner.equals(user) || !trusted.contains(owner) ? directory : own;
        } catch (FileNotFoundException e) {
            return directory;
        }
    }

    private Resource resource(FileStatus status, Resource.Type type, String link) throws IOException {
        return Resource.newBuilder()
                .setUri(status.getPath().toUri().toString())
                .setSizeBytes(status.getLen())
                .setModifiedMillis(status.getModificationTime())
                .setType(type)
                .setPublicVisibility(Visibility.isPublic(files, status.getPath()))
                .setLink(link)
                .build();
    }

    private Optional<FileStatus> find(Path target, long size) throws IOException {
        try {
            FileStatus status = files.getFileStatus(target);
            return status.getLen() == size ? Optional.of(status) : Optional.empty();
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    private void upload(java.nio.file.Path local, Sha256 content, Path target) throws IOException {
        Path place = target.getParent();
        make(place);
        removeAbandoned(place);
        Path temporary = new Path(place, TEMPORARY + UUID.randomUUID());
        try {
            copy(local, content, temporary);
            files.setPermission(temporary, FILE);
            if (!files.rename(temporary, target)
                    && find(target, Files.size(local)).isEmpty()) {
                // What stands there under this name is not what the name says.
                files.delete(target, false);
                files.rename(temporary, target);
            }
            uploads.toCache(Files.size(local));
        } finally {
            uploads.end(files, temporary);
        }
    }

    private void copy(java.nio.file.Path local, Sha256 content, Path temporary) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(local), digest);
                OutputStream out = uploads.begin(files, temporary)) {
            in.transferTo(out);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(content.hex())) {
            throw new RaddleException(new Cause.InvalidInput(
                    local + " is not what was built.", "Build the distribution again: ./mvnw package -DskipTests."));
        }
    }

    /** Only directories that are made here get our permissions; one that is there keeps its own and is judged by them. */
    private void make(Path place) throws IOException {
        if (!files.exists(place)) {
            files.mkdirs(place);
            files.setPermission(place, DIRECTORY);
        }
    }

    private void removeAbandoned(Path place) throws IOException {
        long before = System.currentTimeMillis() - ABANDONED.toMillis();
        for (FileStatus status : files.listStatus(place)) {
            if (status.getPath().getName().startsWith(TEMPORARY)
                    && status.getModificationTime() < before
                    && status.getOwner().equals(user)) {
                files.delete(status.getPath(), false);
            }
        }
    }

    private void requireTrust(FileStatus file) throws IOException {
        for (FileStatus status :
                new FileStatus[] {file, files.getFileStatus(file.getPath().getParent())}) {
            boolean owned = status.getOwner().equals(user) || trusted.contains(status.getOwner());
            if (!owned || othersMayWrite(status)) {
                throw new RaddleException(
                        new Cause.ClusterRefused(
                                status.getPath() + " belongs to " + status.getOwner() + " and has the permissions "
                                        + status.getPermission() + ", so it is not safe to run code from.",
                                "Set raddle.cache.dir to a directory that only you can write, or name its owner in raddle.cache.trusted.owner."));
            }
        }
    }

    private static boolean othersMayWrite(FileStatus status) {
        FsPermission permission = status.getPermission();
        return permission.getGroupAction().implies(FsAction.WRITE)
                || permission.getOtherAction().implies(FsAction.WRITE);
    }

    /** Reads the file once per version of it; the mark's name holds all that could change. */
    private void verify(FileStatus status, Sha256 content) throws IOException {
        Path mark = new Path(marks, content.hex() + "-" + status.getModificationTime() + "-" + status.getLen());
        if (files.exists(mark)) {
            return;
        }
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(files.open(status.getPath()), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(content.hex())) {
            throw new RaddleException(new Cause.ClusterRefused(
                    status.getPath() + " is not what its name says.",
                    "Remove it and submit again, and find out who changed it."));
        }
        // HDFS gives the directories that it makes above one the permissions of that one.
        files.mkdirs(marks.getParent());
        // A directory, because two submits may make it at once.
        files.mkdirs(mark, new FsPermission((short) 0700));
    }
}
