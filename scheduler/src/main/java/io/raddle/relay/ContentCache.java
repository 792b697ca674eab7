package io.raddle.relay;

import com.google.protobuf.ByteString;
import io.raddle.endpoint.ContentSource;
import io.raddle.wire.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The driver's artifacts on the master's disk, by what they hold: each crosses the driver's uplink once, however many
 * executors ask for it at the same time. Bounded: what was asked for longest ago goes first, to be asked for again.
 * Thread-safe.
 */
final class ContentCache implements ContentSource {
    private static final Logger LOG = LoggerFactory.getLogger(ContentCache.class);
    private static final int MAX_WAITING = 1 << 16;

    private final Path directory;
    private final long maxBytes;
    private final Consumer<Sha256> want;
    /** From the one asked for longest ago to the latest. */
    private final LinkedHashMap<Sha256, Held> held = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<Sha256, List<Waiting>> waiting = new LinkedHashMap<>();
    private long bytes;
    private int waiters;
    private int temporaries;

    private record Held(Path file, long size) {}

    private record Waiting(long offset, Consumer<Optional<InputStream>> receiver) {}

    /** {@code want} asks the driver for a content. */
    ContentCache(Path directory, long maxBytes, Consumer<Sha256> want) {
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.want = want;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void find(Sha256 identity, long offset, Consumer<Optional<InputStream>> receiver) {
        Optional<InputStream> here = Optional.empty();
        boolean first = false;
        boolean refused = false;
        synchronized (this) {
            Held known = held.get(identity);
            if (known != null) {
                here = Optional.of(open(known.file(), offset));
            } else if (waiters >= MAX_WAITING) {
                refused = true;
            } else {
                waiters++;
                List<Waiting> others = waiting.computeIfAbsent(identity, none -> new ArrayList<>());
                first = others.isEmpty();
                others.add(new Waiting(offset, receiver));
            }
        }
        if (here.isPresent() || refused) {
            receiver.accept(here);
        } else if (first) {
            want.accept(identity);
        }
    }

    /** Asks once more for all that executors wait for: the driver has attached anew. */
    void askAgain() {
        List<Sha256> missing;
        synchronized (this) {
            missing = List.copyOf(waiting.keySet());
        }
        missing.forEach(want);
    }

    /** A content begins to arrive. */
    Incoming receive(Sha256 identity) throws IOException {
        Path file;
        synchronized (this) {
            file = directory.resolve("arriving-" + temporaries++);
        }
        return new Incoming(identity, file, Files.newOutputStream(file));
    }

    /** The driver has no such content. */
    void missing(Sha256 identity) {
        waitingFor(identity).forEach(each -> each.receiver().accept(Optional.empty()));
    }

    /** Nobody will ask for it any more. */
    synchronized void forget(Sha256 identity) {
        Held known = held.remove(identity);
        if (known != null) {
            delete(known);
        }
    }

    private synchronized List<Waiting> waitingFor(Sha256 identity) {
        List<Waiting> all = Optional.ofNullable(waiting.remove(identity)).orElseGet(List::of);
        waiters -= all.size();
        return all;
    }

    private void arrived(Sha256 identity, Path arrived, long size) throws IOException {
        List<Waiting> receivers;
        List<InputStream> contents = new ArrayList<>();
        synchronized (this) {
            Path file = Files.move(arrived, directory.resolve(identity.hex()), StandardCopyOption.ATOMIC_MOVE);
            if (held.put(identity, new Held(file, size)) == null) {
                bytes += size;
            }
            receivers = waitingFor(identity);
            // Opened before another content may take its place.
            receivers.forEach(each -> contents.add(open(file, each.offset())));
            makeRoom(identity);
        }
        for (int i = 0; i < receivers.size(); i++) {
            receivers.get(i).receiver().accept(Optional.of(contents.get(i)));
        }
    }

    private void makeRoom(Sha256 latest) {
        for (Iterator<Map.Entry<Sha256, Held>> oldest = held.entrySet().iterator();
                bytes > maxBytes && oldest.hasNext(); ) {
            Map.Entry<Sha256, Held> next = oldest.next();
            if (!next.getKey().equals(latest)) {
                oldest.remove();
                delete(next.getValue());
            }
        }
    }

    /** Who reads it right now reads on: the system keeps an open file's content. */
    private void delete(Held known) {
        bytes -= known.size();
        try {
            Files.deleteIfExists(known.file());
        } catch (IOException e) {
            LOG.warn("{} stays behind until the application ends", known.file(), e);
        }
    }

    private static InputStream open(Path file, long offset) {
        try {
            FileChannel channel = FileChannel.open(file);
            channel.position(offset);
            return Channels.newInputStream(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A content on its way in; one thread at a time. */
    final class Incoming {
        private final Sha256 identity;
        private final Path file;
        private final OutputStream out;
        private final MessageDigest digest = Sha256.digest();
        private long size;

        private Incoming(Sha256 identity, Path file, OutputStream out) {
            this.identity = identity;
            this.file = file;
            this.out = out;
        }

        void write(ByteString data) throws IOException {
            data.writeTo(out);
            digest.update(data.asReadOnlyByteBuffer());
            size += data.size();
        }

        /** All of it is here; throws when it is not what it was said to be. */
        void complete() throws IOException {
            out.close();
            String is = HexFormat.of().formatHex(digest.digest());
            if (!is.equals(identity.hex())) {
                Files.deleteIfExists(file);
                throw new IOException("what came as " + identity + " is " + is);
            }
            arrived(identity, file, size);
        }

        void abandon() throws IOException {
            out.close();
            Files.deleteIfExists(file);
        }
    }
}
