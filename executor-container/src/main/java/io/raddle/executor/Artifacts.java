package io.raddle.executor;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.Artifact;
import io.raddle.proto.ArtifactRequest;
import io.raddle.proto.Chunk;
import io.raddle.proto.ExecutorEndpointGrpc;
import io.raddle.wire.FileContent;
import io.raddle.wire.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files of the application by what they hold: fetched from the endpoint, verified, and on disk as long as they are of
 * use: jars are kept, what is read into memory is not. An interrupted fetch goes on where it stopped. Thread-safe; two
 * callers who want the same file share one fetch.
 */
final class Artifacts {
    private static final int LOCKS = 64;

    private final Path directory;
    private final BulkLine line;
    private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();

    Artifacts(Path directory, BulkLine line) {
        this.directory = directory;
        this.line = line;
    }

    /** The file of an artifact; its name is the artifact's identity. */
    Path file(Artifact artifact) throws InterruptedException {
        Sha256 identity = Sha256.ofDigest(artifact.getSha256());
        Path file = directory.resolve(identity.hex());
        synchronized (lock(artifact)) {
            try {
                if (!Files.exists(file)) {
                    Files.createDirectories(directory);
                    fetch(artifact, identity, file);
                }
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The content of an artifact that is small enough to hold; whoever needs it again keeps it or asks again. */
    byte[] bytes(Artifact artifact) throws InterruptedException {
        synchronized (lock(artifact)) {
            Path file = file(artifact);
            try {
                byte[] content = FileContent.of(file);
                Files.delete(file);
                return content;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The same; empty when the endpoint does not have it any more. */
    Optional<byte[]> find(Artifact artifact) throws InterruptedException {
        try {
            return Optional.of(bytes(artifact));
        } catch (RaddleException e) {
            if (e.getCause() instanceof StatusRuntimeException answer
                    && answer.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** One for each artifact, or for few of them together. */
    private Object lock(Artifact artifact) {
        return locks[Math.floorMod(artifact.getSha256().hashCode(), locks.length)];
    }

    private void fetch(Artifact artifact, Sha256 identity, Path target) throws IOException, InterruptedException {
        Path partial = target.resolveSibling(target.getFileName() + ".part");
        MessageDigest digest = Sha256.digest();
        try (OutputStream out = Files.newOutputStream(partial)) {
            Download download = new Download(identity.bytes(), out, digest);
            line.run(channel -> {
                download.goOn(ExecutorEndpointGrpc.newBlockingStub(channel));
                return download;
            });
        } catch (StatusRuntimeException e) {
            Files.deleteIfExists(partial);
            throw new RaddleException(unavailable(artifact, e.getStatus()), e);
        } catch (IOException | RuntimeException | InterruptedException e) {
            Files.deleteIfExists(partial);
            throw e;
        }
        if (!Arrays.equals(digest.digest(), artifact.getSha256().toByteArray())) {
            Files.delete(partial);
            throw new RaddleException(new Cause.InternalError(
                    "the artifact " + artifact.getName() + " arrived with another content than SHA-256 " + identity
                            + " promises.",
                    ""));
        }
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Cause unavailable(Artifact artifact, Status status) {
        return new Cause.InternalError(
                "the artifact " + artifact.getName() + " could not be fetched: " + status.getCode() + " "
                        + status.getDescription(),
                "");
    }

    /** One content on its way to a file; keeps its place when a connection breaks. */
    private static final class Download {
        private final ByteString sha256;
        private final OutputStream out;
        private final MessageDigest digest;
        private long received;

        Download(ByteString sha256, OutputStream out, MessageDigest digest) {
            this.sha256 = sha256;
            this.out = out;
            this.digest = digest;
        }

        void goOn(ExecutorEndpointGrpc.ExecutorEndpointBlockingStub endpoint) {
            Iterator<Chunk> chunks = endpoint.fetchArtifact(ArtifactRequest.newBuilder()
                    .setSha256(sha256)
                    .setOffsetBytes(received)
                    .build());
            while (chunks.hasNext()) {
                ByteString data = chunks.next().getData();
                data.asReadOnlyByteBufferList().forEach(digest::update);
                try {
                    data.writeTo(out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                received += data.size();
            }
        }
    }
}
