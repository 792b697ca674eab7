package io.raddle.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.SplittableCompressionCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans how text files are read: about as many splits as asked for, none beyond a block unless the least size is, each
 * with the hosts that hold it. Empty files are left out; compressed files are read whole, unless their codec can begin at
 * any of its blocks.
 */
public final class TextSplits {
    private static final Logger LOG = LoggerFactory.getLogger(TextSplits.class);
    /** A file of more blocks than this that cannot be split is worth a warning. */
    private static final int MANY_BLOCKS = 8;

    // A last split may be this much larger than the others before it is cut once more; as Hadoop does.
    private static final double SLOP = 1.1;

    private final SplitSize size;
    private final CompressionCodecFactory codecs;

    private TextSplits(SplitSize size, Configuration configuration) {
        this.size = size;
        this.codecs = new CompressionCodecFactory(configuration);
    }

    /** The splits of files, directories or globs, several of them separated by commas, in the order of their paths. */
    public static List<TextSplit> of(String paths, int minPartitions, SplitSize size, Configuration configuration) {
        return new TextSplits(size, configuration).cut(InputFiles.of(paths, configuration), minPartitions);
    }

    private List<TextSplit> cut(List<LocatedFileStatus> files, int minPartitions) {
        long total = files.stream().mapToLong(FileStatus::getLen).sum();
        long goal = Math.max(1, total / Math.max(1, minPartitions));
        List<TextSplit> splits = new ArrayList<>();
        for (LocatedFileStatus file : files) {
            long length = file.getLen();
            boolean splittable = splittable(file.getPath());
            long usual = splittable ? size.within(Math.min(goal, file.getBlockSize())) : length;
            if (!splittable) {
                warning(file).ifPresent(LOG::warn);
            }
            long at = 0;
            while (at < length) {
                long rest = length - at;
                long take = rest > usual * SLOP ? usual : rest;
                splits.add(
                        new TextSplit(file.getPath().toString(), at, take, length, InputFiles.hosts(file, at, take)));
                at += take;
            }
        }
        return splits;
    }

    private boolean splittable(Path path) {
        CompressionCodec codec = codecs.getCodec(path);
        return codec == null || codec instanceof SplittableCompressionCodec;
    }

    /** What to say of a file that one task alone must read. */
    static Optional<String> warning(FileStatus file) {
        return file.getLen() <= MANY_BLOCKS * file.getBlockSize()
                ? Optional.empty()
                : Optional.of(file.getPath() + " has " + (file.getLen() >> 20)
                        + " MiB and a compression that cannot be split, so one task alone reads it;"
                        + " repartition the records after it, or store it as bzip2 or in several files.");
    }
}
