import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cluster's files over WebHDFS, so that the harness needs no Hadoop and favours none. */
final class Hdfs {
    private static final Pattern NAME = Pattern.compile("\"pathSuffix\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern LENGTH = Pattern.compile("\"length\"\\s*:\\s*(\\d+)");
    private static final Pattern WRITTEN = Pattern.compile("\"BytesWritten\"\\s*:\\s*(\\d+)");

    private final String nameNodeWeb;
    private final String dataNodeWeb;
    private final String user = System.getProperty("user.name");

    Hdfs(String nameNodeWeb, String dataNodeWeb) {
        this.nameNodeWeb = nameNodeWeb;
        this.dataNodeWeb = dataNodeWeb;
    }

    void delete(String path) throws IOException {
        HttpURLConnection connection = open("DELETE", path, "DELETE&recursive=true");
        connection.getResponseCode();
    }

    /** Copies a file unless one of the same length is there. */
    void put(Path file, String path) throws IOException {
        if (length(path) == Files.size(file)) {
            return;
        }
        HttpURLConnection ask = open("PUT", path, "CREATE&overwrite=true");
        ask.setInstanceFollowRedirects(false);
        String target = ask.getHeaderField("Location");
        if (target == null) {
            throw new BenchException("HDFS does not take " + path + ".");
        }
        HttpURLConnection connection = connect("PUT", target);
        connection.setDoOutput(true);
        connection.setChunkedStreamingMode(1 << 20);
        try (OutputStream out = connection.getOutputStream()) {
            Files.copy(file, out);
        }
        if (connection.getResponseCode() != HttpURLConnection.HTTP_CREATED) {
            throw new BenchException("Writing " + path + " ended with " + connection.getResponseCode() + ".");
        }
    }

    private long length(String path) throws IOException {
        HttpURLConnection connection = open("GET", path, "GETFILESTATUS");
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
            return -1;
        }
        Matcher matcher = LENGTH.matcher(text(connection));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    }

    /** All lines of the text files in a directory, in the order of the files' names. */
    List<String> lines(String directory) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String part : parts(directory)) {
            Reader content = new InputStreamReader(open(part), StandardCharsets.UTF_8);
            try (BufferedReader reader = new BufferedReader(content)) {
                reader.lines().forEach(lines::add);
            }
        }
        return lines;
    }

    /** The paths of the files that a job wrote to a directory, in the order of their names. */
    List<String> parts(String directory) throws IOException {
        List<String> parts = new ArrayList<>();
        Matcher names = NAME.matcher(text(open("GET", directory, "LISTSTATUS")));
        while (names.find()) {
            if (names.group(1).startsWith("part-")) {
                parts.add(directory + "/" + names.group(1));
            }
        }
        Collections.sort(parts);
        return parts;
    }

    InputStream open(String path) throws IOException {
        return open("GET", path, "OPEN").getInputStream();
    }

    /** Since the DataNode's start. */
    long bytesWritten() throws IOException {
        Matcher matcher = WRITTEN.matcher(
                text(connect("GET", dataNodeWeb + "/jmx?qry=Hadoop:service=DataNode,name=DataNodeActivity*")));
        if (!matcher.find()) {
            throw new BenchException("The DataNode does not tell how much it has written.");
        }
        return Long.parseLong(matcher.group(1));
    }

    private HttpURLConnection open(String method, String path, String operation) throws IOException {
        return connect(method, nameNodeWeb + "/webhdfs/v1" + path + "?user.name=" + user + "&op=" + operation);
    }

    private static HttpURLConnection connect(String method, String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection(java.net.Proxy.NO_PROXY);
        connection.setRequestMethod(method);
        connection.setConnectTimeout(10_000);
        connection.setReadTimeout(120_000);
        return connection;
    }

    private static String text(HttpURLConnection connection) throws IOException {
        try (InputStream body = connection.getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
