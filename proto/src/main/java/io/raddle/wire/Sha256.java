package io.raddle.wire;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The identity of content: its SHA-256, as 64 lower-case hexadecimal digits. */
public record Sha256(String hex) {
    private static final int DIGITS = 64;

    public Sha256 {
        if (hex.length() != DIGITS) {
            throw new IllegalArgumentException("a SHA-256 has 64 hexadecimal digits: \"" + hex + "\"");
        }
    }

    /** The identity of these bytes. */
    public static Sha256 of(byte[] content) {
        return new Sha256(HexFormat.of().formatHex(digest().digest(content)));
    }

    /** The identity of a file's content. */
    public static Sha256 of(Path file) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return new Sha256(HexFormat.of().formatHex(digest.digest()));
    }

    /** Reads the 32 bytes of a message field. */
    public static Sha256 ofDigest(ByteString bytes) {
        return new Sha256(HexFormat.of().formatHex(bytes.toByteArray()));
    }

    /** The 32 bytes for a message field. */
    public ByteString bytes() {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    /** A digest to feed content to while it streams. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
