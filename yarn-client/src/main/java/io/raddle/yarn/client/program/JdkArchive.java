package io.raddle.yarn.client.program;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A JDK as a {@code .zip} or {@code .tar.gz}: {@code java} is the path of its launcher inside. */
public record JdkArchive(String java, String suffix) {
    private static final String LAUNCHER = "bin/java";
    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE_OFFSET = 124;
    private static final int SIZE_LENGTH = 12;

    public static JdkArchive read(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            Optional<String> launcher =
                    name.endsWith(".zip") ? inZip(file) : name.endsWith("gz") ? inTar(file) : Optional.empty();
            return new JdkArchive(
                    launcher.orElseThrow(() -> refused(file, "it holds no bin/java")),
                    name.endsWith(".zip") ? ".zip" : ".tar.gz");
        } catch (IOException e) {
            throw refused(file, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> inZip(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .filter(JdkArchive::isLauncher)
                    .findFirst();
        }
    }

    private static Optional<String> inTar(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (byte[] header = in.readNBytes(BLOCK); header.length == BLOCK; header = in.readNBytes(BLOCK)) {
                String entry = text(header, 0, NAME_LENGTH);
                if (entry.isEmpty()) {
                    return Optional.empty();
                }
                if (isLauncher(entry)) {
                    return Optional.of(entry.startsWith("./") ? entry.substring(2) : entry);
                }
                long size =
                        Long.parseLong(text(header, SIZE_OFFSET, SIZE_LENGTH).strip(), 8);
                in.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
            }
            return Optional.empty();
        } catch (NumberFormatException e) {
            throw new IOException("not a tar archive", e);
        }
    }

    private static boolean isLauncher(String entry) {
        return (entry.equals(LAUNCHER) || entry.endsWith("/" + LAUNCHER)) && !entry.contains("/jre/");
    }

    private static String text(byte[] block, int offset, int length) {
        String field = new String(block, offset, length, StandardCharsets.UTF_8);
        int end = field.indexOf('\0');
        return end < 0 ? field : field.substring(0, end);
    }

    private static RaddleException refused(Path file, String why) {
        return new RaddleException(new Cause.InvalidInput(
                file + " is not a JDK archive: " + why + ".", "Give --ship-jdk a JDK for Linux as .tar.gz or .zip."));
    }
}
