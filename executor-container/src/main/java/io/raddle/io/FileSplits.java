package io.raddle.io;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.HadoopSplit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocatedFileStatus;

/** Plans how files are read that are not lines of text. Stateless; calls block on the file system. */
public final class FileSplits {
    private FileSplits() {}

    /** Whole files, small ones together: about as many splits as asked for, none of more bytes than the most unless a file is. */
    public static List<LocatedSplit> whole(
            String paths, int minPartitions, SplitSize size, Configuration configuration) {
        List<LocatedFileStatus> files = InputFiles.of(paths, configuration);
        long total = files.stream().mapToLong(FileStatus::getLen).sum();
        int wanted = Math.max(1, minPartitions);
        long goal = size.within((total + wanted - 1) / wanted);
        List<LocatedSplit> splits = new ArrayList<>();
        List<LocatedFileStatus> together = new ArrayList<>();
        long bytes = 0;
        for (LocatedFileStatus file : files) {
            if (!together.isEmpty() && bytes + file.getLen() > goal) {
                splits.add(split(together));
                together.clear();
                bytes = 0;
            }
            together.add(file);
            bytes += file.getLen();
        }
        if (!together.isEmpty()) {
            splits.add(split(together));
        }
        return splits;
    }

    /** Parts of files, each of whole records of {@code recordBytes}. */
    public static List<LocatedSplit> records(
            String paths, int recordBytes, int minPartitions, SplitSize size, Configuration configuration) {
        if (recordBytes < 1) {
            throw new RaddleException(new Cause.InvalidInput(
                    "binaryRecords was asked for records of " + recordBytes + " bytes.", "Ask for 1 or more."));
        }
        List<LocatedFileStatus> files = InputFiles.of(paths, configuration);
        for (LocatedFileStatus file : files) {
            if (file.getLen() % recordBytes != 0) {
                throw new RaddleException(
                        new Cause.InvalidInput(
                                file.getPath() + " has " + file.getLen() + " bytes, which are not whole records of "
                                        + recordBytes + ".",
                                "Give the length of a record as it is in the file; a file that was cut short is copied again."));
            }
            Compression.ofFile(file.getPath(), configuration).ifPresent(codec -> {
                throw new RaddleException(new Cause.InvalidInput(
                        file.getPath() + " is compressed, so its records are not where their length says.",
                        "Decompress it first, or open it with binaryFiles."));
            });
        }
        return parts(files, recordBytes, minPartitions, size);
    }

    /** Parts of object files. */
    public static List<LocatedSplit> objects(
            String paths, int minPartitions, SplitSize size, Configuration configuration) {
        return parts(InputFiles.of(paths, configuration), 1, minPartitions, size);
    }

    private static List<LocatedSplit> parts(
            List<LocatedFileStatus> files, int unitBytes, int minPartitions, SplitSize size) {
        long total = files.stream().mapToLong(FileStatus::getLen).sum();
        long goal = Math.max(1, total / Math.max(1, minPartitions));
        List<LocatedSplit> splits = new ArrayList<>();
        for (LocatedFileStatus file : files) {
            long usual = size.within(Math.min(goal, file.getBlockSize()));
            long take = Math.max(1, usual / unitBytes) * unitBytes;
            for (long at = 0; at < file.getLen(); at += take) {
                long length = Math.min(take, file.getLen() - at);
                splits.add(new LocatedSplit(
                        HadoopSplit.newBuilder()
                                .addFiles(InputFiles.part(file, at, length))
                                .build(),
                        InputFiles.hosts(file, at, length)));
            }
        }
        return splits;
    }

    private static LocatedSplit split(List<LocatedFileStatus> files) {
        HadoopSplit.Builder split = HadoopSplit.newBuilder();
        Map<String, Long> bytesByHost = new LinkedHashMap<>();
        for (LocatedFileStatus file : files) {
            split.addFiles(InputFiles.part(file, 0, file.getLen()));
            InputFiles.addHosts(file, 0, file.getLen(), bytesByHost);
        }
        return new LocatedSplit(split.build(), InputFiles.best(bytesByHost));
    }
}
