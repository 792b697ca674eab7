package io.raddle.shuffle;

import io.raddle.id.ShuffleId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes map outputs of this application on this node, whoever wrote them. Safe for all threads. */
public final class ShuffleFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ShuffleFiles.class);

    private final LocalDirectories directories;

    public ShuffleFiles(LocalDirectories directories) {
        this.directories = directories;
    }

    /** Deletes all outputs of a shuffle of the driver with this prefix; returns how many there were. */
    public int dropShuffle(String prefix, ShuffleId shuffle) {
        return deleteMatching(MapId.ofShuffle(prefix, shuffle) + "*");
    }

    /** Deletes one output, if it is there. */
    public boolean dropOutput(String mapId) {
        return deleteMatching(mapId) > 0;
    }

    private int deleteMatching(String glob) {
        int deleted = 0;
        for (Path directory : directories.all()) {
            Path parent = directory.resolve(OutputFile.DIRECTORY);
            try (DirectoryStream<Path> outputs = Files.newDirectoryStream(parent, glob)) {
                for (Path output : outputs) {
                    deleted += delete(output) ? 1 : 0;
                }
            } catch (NoSuchFileException e) {
                // Nothing was ever written on this disk.
            } catch (IOException e) {
                LOG.warn("cannot look for old outputs in {}: {}", parent, e.toString());
            }
        }
        return deleted;
    }

    /** The index goes first, so that an output that is only half deleted is not taken for a whole one. */
    private boolean delete(Path output) {
        directories.forget(output.getFileName().toString());
        try {
            Files.deleteIfExists(output.resolve(OutputFile.INDEX));
            Files.deleteIfExists(output.resolve(OutputFile.DATA));
            return Files.deleteIfExists(output);
        } catch (IOException e) {
            LOG.warn("cannot delete {}: {}", output, e.toString());
            return false;
        }
    }
}
