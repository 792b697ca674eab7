package io.raddle.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Who makes an output directory: one attempt of one application, whose name no other application of any cluster has. */
public record OutputMaker(String application, int attempt) {
    private static final int MAX_BYTES = 1024;

    /** Leaves the name in a file, whatever stood there. */
    void sign(FileSystem files, Path mark) throws IOException {
        try (OutputStream out = files.create(mark, true)) {
            out.write((application + " " + attempt + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Whether an earlier attempt of this application left its name there. */
    boolean follows(FileSystem files, Path mark) throws IOException {
        if (attempt <= 1) {
            return false;
        }
        try (InputStream in = files.open(mark)) {
            String[] words = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8)
                    .strip()
                    .split(" ", -1);
            return words.length == 2 && words[0].equals(application) && Integer.parseInt(words[1]) < attempt;
        } catch (FileNotFoundException | NumberFormatException e) {
            return false;
        }
    }
}
