package io.raddle.yarn.client;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** One {@code key=value} per line, in UTF-8. */
final class PropertiesFile {
    private PropertiesFile() {}

    /** @param name what the person calls the file, for the sentence when it cannot be read */
    static Map<String, String> read(String name, Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new RaddleException(
                    new Cause.InvalidInput(
                            name + " cannot be read: " + e.getMessage() + ".", "It holds one key=value per line."),
                    e);
        }
        Map<String, String> read = new LinkedHashMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> read.put(key, properties.getProperty(key).strip()));
        return read;
    }
}
