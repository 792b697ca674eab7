import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Files in HDFS. */
final class Storage {
    private final FileSystem files;

    Storage() throws IOException {
        files = FileSystem.get(new Configuration());
    }

    Lines lines(String path) throws IOException {
        return new Lines(files.open(new Path(path)));
    }

    /** The whole content. */
    byte[] content(String path) throws IOException {
        Path file = new Path(path);
        byte[] content = new byte[Math.toIntExact(files.getFileStatus(file).getLen())];
        try (var in = files.open(file)) {
            in.readFully(content);
        }
        return content;
    }

    /** The only file of an output directory. */
    OutputStream output(String directory) throws IOException {
        return files.create(new Path(directory, "part-00000"));
    }
}
