package io.raddle.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * 32 bytes that prove membership of one application. The client makes the root; what others hold is derived from it, so
 * a NodeManager that sees the shuffle secret learns nothing of the others. Never printed.
 */
public final class Secret {
    /** What executors present to the endpoint. */
    public static final String EXECUTOR = "executor";
    /** What the command line and pages present to {@code Control}. */
    public static final String CONTROL = "control";
    /** What a driver outside of the cluster presents to the master. */
    public static final String DRIVER = "driver";
    /** What signs shuffle requests; the only one that NodeManagers see. */
    public static final String SHUFFLE = "shuffle";

    /** Length of every secret. */
    public static final int SIZE_BYTES = 32;

    private static final byte[] SALT = "raddle/v1".getBytes(StandardCharsets.UTF_8);

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A new root secret. */
    public static Secret random() {
        byte[] bytes = new byte[SIZE_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(bytes);
    }

    /** The secret with these bytes, which are copied. */
    public static Secret of(byte[] bytes) {
        if (bytes.length != SIZE_BYTES) {
            throw new IllegalArgumentException("a secret has " + SIZE_BYTES + " bytes, not " + bytes.length);
        }
        return new Secret(bytes.clone());
    }

    /** HKDF-SHA256 (RFC 5869) of this secret for one purpose. */
    public Secret derive(String purpose) {
        byte[] extracted = hmac(SALT, bytes);
        byte[] info = purpose.getBytes(StandardCharsets.UTF_8);
        byte[] block = Arrays.copyOf(info, info.length + 1);
        block[info.length] = 1;
        return new Secret(hmac(extracted, block));
    }

    /** A copy of the bytes, for credentials and files that only their reader may open. */
    public byte[] bytes() {
        return bytes.clone();
    }

    boolean matches(byte[] presented) {
        return MessageDigest.isEqual(bytes, presented);
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Secret(…)";
    }
}
