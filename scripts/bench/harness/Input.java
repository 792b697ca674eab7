import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that a seeded generator makes once, and its copy in HDFS. */
record Input(Path file, Generator generator) {
    private static final int BUFFER_BYTES = 1 << 20;

    /** Writes the same bytes every time. */
    interface Generator {
        void write(OutputStream out) throws IOException;
    }

    String path() {
        return "/bench/" + file.getFileName();
    }

    void prepare(Hdfs hdfs) throws IOException {
        if (!Files.exists(file)) {
            System.err.println("Making " + file + " (once) ...");
            Path partial = file.resolveSibling(file.getFileName() + ".partial");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial), BUFFER_BYTES)) {
                generator.write(out);
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        }
        hdfs.put(file, path());
    }
}
