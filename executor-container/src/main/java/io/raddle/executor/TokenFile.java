package io.raddle.executor;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the secret keys of a Hadoop token file as NodeManagers write it. Hadoop's own reader would load its configuration
 * and XML parser first, which is a tenth of the time until an executor attaches.
 */
final class TokenFile {
    private static final int MAGIC = 'H' << 24 | 'D' << 16 | 'T' << 8 | 'S';
    private static final byte WRITABLE = 0;
    // Values in [-112, 127] are one byte; below, the byte says the sign and how many bytes follow.
    private static final int LEAST_SINGLE_BYTE = -112;
    private static final int LEAST_POSITIVE = -120;

    private TokenFile() {}

    static Map<String, byte[]> secretKeys(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC || in.readByte() != WRITABLE) {
            throw new StreamCorruptedException("The token file is not of the format that NodeManagers write.");
        }
        int tokens = readInt(in);
        for (int token = 0; token < tokens; token++) {
            // Alias, identifier, password, kind and service.
            for (int part = 0; part < 5; part++) {
                readBytes(in);
            }
        }
        Map<String, byte[]> keys = new HashMap<>();
        int count = readInt(in);
        for (int key = 0; key < count; key++) {
            String name = new String(readBytes(in), StandardCharsets.UTF_8);
            keys.put(name, readBytes(in));
        }
        return keys;
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = readInt(in);
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new StreamCorruptedException("The token file ends too early.");
        }
        return bytes;
    }

    private static int readInt(DataInputStream in) throws IOException {
        byte first = in.readByte();
        if (first >= LEAST_SINGLE_BYTE) {
            return first;
        }
        if (first < LEAST_POSITIVE) {
            throw new StreamCorruptedException("The token file has a negative length.");
        }
        int value = 0;
        for (int left = LEAST_SINGLE_BYTE - first; left > 0; left--) {
            value = value << Byte.SIZE | in.readUnsignedByte();
        }
        return value;
    }
}
