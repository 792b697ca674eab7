package io.raddle.shuffle;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The application's secret for shuffle requests, used as Hadoop's shuffle handler does. Safe for all threads. */
public final class ShuffleSecret {
    private static final String ALGORITHM = "HmacSHA1";

    private final SecretKeySpec key;

    public ShuffleSecret(byte[] secret) {
        key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** What the header {@code UrlHash} says for a request of {@code pathAndQuery} to {@code port}. */
    String urlHash(int port, String pathAndQuery) {
        return hash(port + pathAndQuery);
    }

    /** What the header {@code ReplyHash} says in the answer to a request with this {@code UrlHash}. */
    String replyHash(String urlHash) {
        return hash(urlHash);
    }

    /** Compares in a time that says nothing about where they differ. */
    static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private String hash(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
