package io.raddle.io;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.jspecify.annotations.Nullable;

/**
 * Plans how text files are read: about as many splits as asked for, none beyond a block unless the least size is, each
 * with the hosts that hold it. Files whose names start with {@code _} or {@code .} and empty files are left out; compressed files are read whole.
 */
public final class TextSplits {
    private static final String RECURSIVE = "mapreduce.input.fileinputformat.input.dir.recursive";
    // A last split may be this much larger than the others before it is cut once more; as Hadoop does.
    private static final double SLOP = 1.1;
    private static final int HOSTS_OF_A_SPLIT = 3;
    private static final String EXAMPLES = "Give a path such as hdfs:///data/in or /data/*.txt.";

    private final SplitSize size;
    private final Configuration configuration;
    private final CompressionCodecFactory codecs;

    private TextSplits(SplitSize size, Configuration configuration) {
        this.size = size;
        this.configuration = configuration;
        this.codecs = new CompressionCodecFactory(configuration);
    }

    /** The splits of files, directories or globs, several of them separated by commas, in the order of their paths. */
    public static List<TextSplit> of(
            @Nullable String paths, int minPartitions, SplitSize size, Configuration configuration) {
        if (paths == null) {
            throw new RaddleException(new Cause.InvalidInput("The input path is null.", EXAMPLES));
        }
        TextSplits planner = new TextSplits(size, configuration);
        List<LocatedFileStatus> files = new ArrayList<>();
        List<String> each = commaSeparated(paths);
        for (String path : each) {
            try {
                planner.list(path, each.size() > 1, files);
            } catch (IOException e) {
                throw FileTrouble.of(path, e);
            } catch (IllegalArgumentException e) {
                throw new RaddleException(
                        new Cause.InvalidInput("'" + path + "' is not a path: " + e.getMessage() + ".", EXAMPLES), e);
            }
        }
        return planner.cut(files, minPartitions);
    }

    private void list(String name, boolean ofSeveral, List<LocatedFileStatus> into) throws IOException {
        Path path = new Path(name);
        FileSystem files = FileTrouble.fileSystem(path, configuration);
        FileStatus[] matches = files.globStatus(path, TextSplits::visible);
        if (matches == null || matches.length == 0) {
            throw new RaddleException(ofSeveral ? FileTrouble.missingOfSeveral(name) : FileTrouble.missing(name));
        }
        boolean recursive = configuration.getBoolean(RECURSIVE, false);
        for (FileStatus match : matches) {
            if (match.isDirectory()) {
                walk(files, match.getPath(), recursive, into);
            } else {
                into.add(located(files, match));
            }
        }
    }

    private static void walk(FileSystem files, Path root, boolean recursive, List<LocatedFileStatus> into)
            throws IOException {
        Deque<Path> directories = new ArrayDeque<>(List.of(root));
        while (!directories.isEmpty()) {
            Path directory = directories.removeFirst();
            List<LocatedFileStatus> found = new ArrayList<>();
            RemoteIterator<LocatedFileStatus> children = files.listLocatedStatus(directory);
            while (children.hasNext()) {
                LocatedFileStatus child = children.next();
                if (!visible(child.getPath())) {
                    continue;
                }
                if (child.isFile()) {
                    found.add(child);
                } else if (recursive) {
                    directories.addLast(child.getPath());
                } else {
                    throw new RaddleException(new Cause.InvalidInput(
                            "The input " + child.getPath() + " is a directory within a directory.",
                            "Name the files with a glob such as " + root + "/*/*, or set " + RECURSIVE + " to true."));
                }
            }
            found.sort((a, b) -> a.getPath().compareTo(b.getPath()));
            into.addAll(found);
        }
    }

    private static LocatedFileStatus located(FileSystem files, FileStatus file) throws IOException {
        return new LocatedFileStatus(file, files.getFileBlockLocations(file, 0, file.getLen()));
    }

    private static boolean visible(Path path) {
        String name = path.getName();
        return !name.startsWith("_") && !name.startsWith(".");
    }

    private List<TextSplit> cut(List<LocatedFileStatus> files, int minPartitions) {
        long total = files.stream().mapToLong(FileStatus::getLen).sum();
        long goal = Math.max(1, total / Math.max(1, minPartitions));
        List<TextSplit> splits = new ArrayList<>();
        for (LocatedFileStatus file : files) {
            long length = file.getLen();
            long usual = splittable(file.getPath()) ? size.within(Math.min(goal, file.getBlockSize())) : length;
            long at = 0;
            while (at < length) {
                long rest = length - at;
                long take = rest > usual * SLOP ? usual : rest;
                splits.add(new TextSplit(file.getPath().toString(), at, take, length, hosts(file, at, take)));
                at += take;
            }
        }
        return splits;
    }

    private boolean splittable(Path path) {
        // Also codecs that could be split are read whole: their readers align splits to blocks, not to lines.
        return codecs.getCodec(path) == null;
    }

    private static List<String> hosts(LocatedFileStatus file, long offset, long length) {
        if ("file".equals(file.getPath().toUri().getScheme())) {
            // It calls every host "localhost".
            return List.of();
        }
        Map<String, Long> bytesByHost = new LinkedHashMap<>();
        for (BlockLocation block : file.getBlockLocations()) {
            long from = Math.max(offset, block.getOffset());
            long to = Math.min(offset + length, block.getOffset() + block.getLength());
            if (from < to) {
                for (String host : names(block)) {
                    bytesByHost.merge(host, to - from, Long::sum);
                }
            }
        }
        return bytesByHost.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(HOSTS_OF_A_SPLIT)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String[] names(BlockLocation block) {
        try {
            return block.getHosts();
        } catch (IOException e) {
            // A block without hosts is read from wherever the file system finds it.
            return new String[0];
        }
    }

    private static List<String> commaSeparated(String paths) {
        List<String> found = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int at = 0; at <= paths.length(); at++) {
            char here = at == paths.length() ? ',' : paths.charAt(at);
            if (here == '{') {
                depth++;
            } else if (here == '}') {
                depth--;
            } else if (here == ',' && (depth == 0 || at == paths.length())) {
                found.add(paths.substring(start, at));
                start = at + 1;
            }
        }
        return found;
    }
}
