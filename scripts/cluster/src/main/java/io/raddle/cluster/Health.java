package io.raddle.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the daemons how they are, over the web addresses that every Hadoop has. */
final class Health {
    private static final int TIMEOUT_MS = 5_000;
    /** The first such request makes the NameNode load what it serves it with, and the machine may be busy. */
    private static final int CHANGE_TIMEOUT_MS = 60_000;

    private static final Pattern ACTIVE_NODES = Pattern.compile("\"activeNodes\"\\s*:\\s*(\\d+)");
    private static final Pattern LIVE_DATA_NODES = Pattern.compile("\"NumLiveDataNodes\"\\s*:\\s*(\\d+)");
    private static final Pattern STATE = Pattern.compile("\"FSState\"\\s*:\\s*\"(\\w+)\"");

    private Health() {}

    static boolean answers(String web) {
        return get(web + "/jmx?qry=java.lang:type=Runtime").isPresent();
    }

    static int activeNodes(String resourceManagerWeb) {
        return get(resourceManagerWeb + "/ws/v1/cluster/metrics")
                .map(json -> number(ACTIVE_NODES, json))
                .orElse(0);
    }

    /** Out of safe mode, and a block can be written. */
    static boolean isHdfsUsable(String nameNodeWeb) {
        return get(nameNodeWeb + "/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState")
                .filter(json -> number(LIVE_DATA_NODES, json) > 0)
                .map(STATE::matcher)
                .filter(Matcher::find)
                .filter(state -> state.group(1).equals("Operational"))
                .isPresent();
    }

    /** Makes an HDFS directory in which every user may make files of their own. */
    static void makeShared(String nameNodeWeb, String path) throws IOException {
        String user = System.getProperty("user.name");
        String query = "?op=MKDIRS&permission=1777&user.name=" + user;
        HttpURLConnection connection = open(nameNodeWeb + "/webhdfs/v1" + path + query);
        connection.setRequestMethod("PUT");
        connection.setReadTimeout(CHANGE_TIMEOUT_MS);
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw ClusterException.failure("HDFS did not let " + user + " make " + path + ".");
        }
    }

    private static Optional<String> get(String url) {
        try {
            HttpURLConnection connection = open(url);
            connection.setRequestProperty("Accept", "application/json");
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                return Optional.empty();
            }
            try (InputStream body = connection.getInputStream()) {
                return Optional.of(new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static HttpURLConnection open(String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection(java.net.Proxy.NO_PROXY);
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        return connection;
    }

    private static int number(Pattern pattern, String json) {
        Matcher matcher = pattern.matcher(json);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
