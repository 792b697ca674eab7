package io.raddle.io;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import io.raddle.proto.FileSplit;
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

/**
 * The files that a program names: paths, directories or globs, several of them separated by commas, in the order of their
 * paths. Those whose names start with {@code _} or {@code .} are left out. Stateless.
 */
final class InputFiles {
    private static final String RECURSIVE = "mapreduce.input.fileinputformat.input.dir.recursive";
    private static final int HOSTS_OF_A_SPLIT = 3;

    private InputFiles() {}

    static List<LocatedFileStatus> of(String paths, Configuration configuration) {
        List<LocatedFileStatus> files = new ArrayList<>();
        List<String> each = commaSeparated(NamedPath.given(paths));
        for (String path : each) {
            try {
                list(path, each.size() > 1, configuration, files);
            } catch (IOException e) {
                throw FileTrouble.of(path, e);
            } catch (IllegalArgumentException e) {
                throw NamedPath.notAPath(path, e);
            }
        }
        return files;
    }

    /** A part of a file as a task needs it. */
    static FileSplit part(FileStatus file, long offset, long length) {
        return FileSplit.newBuilder()
                .setPath(file.getPath().toString())
                .setOffsetBytes(offset)
                .setLengthBytes(length)
                .setFileLengthBytes(file.getLen())
                .build();
    }

    /** The hosts that hold most of a part of a file, best first. */
    static List<String> hosts(LocatedFileStatus file, long offset, long length) {
        Map<String, Long> bytesByHost = new LinkedHashMap<>();
        addHosts(file, offset, length, bytesByHost);
        return best(bytesByHost);
    }

    static void addHosts(LocatedFileStatus file, long offset, long length, Map<String, Long> bytesByHost) {
        if ("file".equals(file.getPath().toUri().getScheme())) {
            // It calls every host "localhost".
            return;
        }
        for (BlockLocation block : file.getBlockLocations()) {
            long from = Math.max(offset, block.getOffset());
            long to = Math.min(offset + length, block.getOffset() + block.getLength());
            if (from < to) {
                for (String host : names(block)) {
                    bytesByHost.merge(host, to - from, Long::sum);
                }
            }
        }
    }

    static List<String> best(Map<String, Long> bytesByHost) {
        return bytesByHost.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(HOSTS_OF_A_SPLIT)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void list(String name, boolean ofSeveral, Configuration configuration, List<LocatedFileStatus> into)
            throws IOException {
        Path path = new Path(name);
        FileSystem files = NamedPath.files(path, configuration);
        FileStatus[] matches = files.globStatus(path, InputFiles::visible);
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
