package io.raddle.loader;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Class files by class name as one archive: a jar, of which equal content is equal bytes. Stateless. */
public final class ClassArchive {
    /** The first moment that the format knows. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final String SUFFIX = ".class";

    private ClassArchive() {}

    public static ByteString write(Map<String, byte[]> classFiles) {
        ByteString.Output bytes = ByteString.newOutput();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> each : new TreeMap<>(classFiles).entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey().replace('.', '/') + SUFFIX);
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                zip.write(each.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteString();
    }

    public static Map<String, byte[]> read(Path archive) {
        Map<String, byte[]> classFiles = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(archive);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                classFiles.put(
                        name.substring(0, name.length() - SUFFIX.length()).replace('/', '.'), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return classFiles;
    }
}
