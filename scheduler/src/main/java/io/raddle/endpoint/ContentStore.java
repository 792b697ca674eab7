package io.raddle.endpoint;

import com.google.protobuf.ByteString;
import io.raddle.config.Keys;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.Artifact;
import io.raddle.wire.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Artifacts by what they hold, bounded: small ones in memory, others on disk. A content published twice is kept once and
 * stays until it was withdrawn as often. Thread-safe.
 */
public final class ContentStore {
    private static final int IN_MEMORY_BYTES = 64 << 10;

    private final Path directory;
    private final long maxBytes;
    private final Map<Sha256, Content> contents = new HashMap<>();
    private long ownedBytes;
    private int temporaries;

    /** Where a content is. */
    private sealed interface Place {
        InputStream open(long offset) throws IOException;
    }

    private record InMemory(ByteString content) implements Place {
        @Override
        public InputStream open(long offset) {
            return content.substring((int) Math.min(offset, content.size())).newInput();
        }
    }

    private record InFile(Path file) implements Place {
        @Override
        public InputStream open(long offset) throws IOException {
            FileChannel channel = FileChannel.open(file);
            channel.position(offset);
            return Channels.newInputStream(channel);
        }
    }

    private static final class Content {
        private final Place place;
        private final long ownedBytes;
        private int uses = 1;

        Content(Place place, long ownedBytes) {
            this.place = place;
            this.ownedBytes = ownedBytes;
        }
    }

    /** Keeps what is large below this directory, and no more than so many bytes in all. */
    public ContentStore(Path directory, long maxBytes) {
        this.directory = directory;
        this.maxBytes = maxBytes;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps a content. */
    public synchronized Artifact put(String name, ByteString content) {
        Sha256 identity = Sha256.of(content.toByteArray());
        Content known = contents.get(identity);
        if (known != null) {
            known.uses++;
        } else {
            if (ownedBytes + content.size() > maxBytes) {
                throw new RaddleException(new Cause.InvalidInput(
                        "Plans, collections, broadcasts and tables of more than " + (maxBytes >> 20)
                                + " MiB are in use at once.",
                        "Read large data from files instead of parallelizing it, or raise " + Keys.ARTIFACTS_MAX.name()
                                + "."));
            }
            Place place = content.size() <= IN_MEMORY_BYTES ? new InMemory(content) : write(identity, content);
            contents.put(identity, new Content(place, content.size()));
            ownedBytes += content.size();
        }
        return artifact(identity, name, content.size());
    }

    /** Names a file, which must not change, without copying it. */
    public synchronized Artifact put(String name, Path file) {
        try {
            Sha256 identity = Sha256.of(file);
            long size = Files.size(file);
            Content known = contents.putIfAbsent(identity, new Content(new InFile(file), 0));
            if (known != null) {
                known.uses++;
            }
            return artifact(identity, name, size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Undoes one {@code put}. */
    public synchronized void release(Artifact artifact) {
        Sha256 identity = Sha256.ofDigest(artifact.getSha256());
        Content content = contents.get(identity);
        if (content == null || --content.uses > 0) {
            return;
        }
        contents.remove(identity);
        ownedBytes -= content.ownedBytes;
        if (content.ownedBytes > 0 && content.place instanceof InFile own) {
            try {
                Files.deleteIfExists(own.file());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The content from an offset on; empty when it is unknown. */
    public synchronized Optional<InputStream> open(Sha256 identity, long offset) throws IOException {
        Content content = contents.get(identity);
        if (content == null) {
            return Optional.empty();
        }
        return Optional.of(content.place.open(offset));
    }

    private Place write(Sha256 identity, ByteString content) {
        try {
            Path temporary = directory.resolve("writing-" + temporaries++);
            try (var out = Files.newOutputStream(temporary)) {
                content.writeTo(out);
            }
            return new InFile(Files.move(temporary, directory.resolve(identity.hex()), StandardCopyOption.ATOMIC_MOVE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Artifact artifact(Sha256 identity, String name, long size) {
        return Artifact.newBuilder()
                .setSha256(identity.bytes())
                .setName(name)
                .setSizeBytes(size)
                .build();
    }
}
