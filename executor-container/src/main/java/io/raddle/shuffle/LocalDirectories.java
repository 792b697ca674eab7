package io.raddle.shuffle;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.id.NodeId;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories that the NodeManager gave this application, one per disk. Map outputs stay in them when the container
 * ends; what is private to the container lies below its own name and goes with it. A directory that failed once is not
 * written again. Safe for all threads.
 */
public final class LocalDirectories {
    private static final Logger LOG = LoggerFactory.getLogger(LocalDirectories.class);

    private final List<Path> directories;
    private final String container;
    private final NodeId node;
    private final Set<Path> bad = ConcurrentHashMap.newKeySet();
    private final IndexCache indexes = new IndexCache();
    private final AtomicLong spills = new AtomicLong();

    /** The entries of {@code LOCAL_DIRS}, the id of this container and the NodeManager that it runs under. */
    public LocalDirectories(List<Path> directories, String container, NodeId node) {
        this.directories = List.copyOf(directories);
        this.container = container;
        this.node = node;
    }

    /** The NodeManager whose directories these are. */
    public NodeId node() {
        return node;
    }

    List<Path> all() {
        return directories;
    }

    /** The directory for something new of this name. */
    Path choose(String name) {
        int size = directories.size();
        int first = size == 0 ? 0 : Math.floorMod(name.hashCode(), size);
        for (int i = 0; i < size; i++) {
            Path directory = directories.get((first + i) % size);
            if (!bad.contains(directory)) {
                return directory;
            }
        }
        throw new RaddleException(new Cause.DisksFailed(node.toString()));
    }

    /** Takes the directory that holds {@code path} from choice, unless it was the writer who was stopped. */
    void failed(Path path, IOException why) {
        if (why instanceof ClosedChannelException) {
            return;
        }
        for (Path directory : directories) {
            if (path.startsWith(directory) && bad.add(directory)) {
                LOG.warn("{} is not written any more: {}", directory, why.toString());
            }
        }
    }

    /** The file {@code name} of a map output, on whichever disk it is. */
    @Nullable
    Path find(String mapId, String name) {
        for (Path directory : directories) {
            Path file = directory.resolve(OutputFile.DIRECTORY).resolve(mapId).resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        return null;
    }

    /** The file {@code name} of a map output, which must be there. */
    Path require(String mapId, String name) throws BadBlockException {
        Path file = find(mapId, name);
        if (file == null) {
            throw new BadBlockException("Could not find output/" + mapId + "/" + name + " in any of the directories");
        }
        return file;
    }

    /** The index of a map output, from memory if it was read before: outputs are never rewritten. */
    IndexFile index(String mapId) throws IOException {
        IndexFile index = indexes.get(mapId);
        if (index == null) {
            index = IndexFile.read(require(mapId, OutputFile.INDEX));
            indexes.put(mapId, index);
        }
        return index;
    }

    /** Forgets what is in memory of a map output that is being deleted. */
    void forget(String mapId) {
        indexes.remove(mapId);
    }

    /** A new temporary file; other directories are tried when one fails. */
    SpillFile spill() {
        while (true) {
            String name = "spill-" + spills.incrementAndGet();
            Path directory = choose(name).resolve(container);
            try {
                Files.createDirectories(directory);
                return SpillFile.create(directory.resolve(name), this);
            } catch (IOException e) {
                failed(directory, e);
            }
        }
    }
}
