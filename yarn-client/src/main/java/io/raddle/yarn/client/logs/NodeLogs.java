package io.raddle.yarn.client.logs;

import io.raddle.fault.Cause;
import io.raddle.fault.RaddleException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.webapp.util.WebAppUtils;

/** Logs that still lie on the node where a container ran, asked of its NodeManager's web service. */
final class NodeLogs {
    private static final Pattern ATTEMPT = Pattern.compile("\\{[^{}]*}");
    private static final Pattern NODE = Pattern.compile("\"nodeHttpAddress\"\\s*:\\s*\"([^\"]+)\"");
    private static final int PATIENCE_MILLIS = 10_000;

    private final Configuration configuration;

    NodeLogs(Configuration configuration) {
        this.configuration = configuration;
    }

    /** Passes on a file of a container; false when its node does not have it. */
    boolean read(ContainerId container, String file, Consumer<byte[]> sink) {
        Optional<String> node = node(container);
        if (node.isEmpty()) {
            return false;
        }
        String address = WebAppUtils.getHttpSchemePrefix(configuration) + node.get() + "/ws/v1/node/containers/"
                + container + "/logs/" + file;
        LogContents contents = new LogContents(sink);
        try (InputStream in = open(address)) {
            in.transferTo(contents);
        } catch (FileNotFoundException e) {
            return false;
        } catch (IOException e) {
            throw unanswered("The node " + node.get() + " that ran the driver", e);
        }
        return contents.found();
    }

    /** Only the ResourceManager's web service remembers where the master of an ended application ran. */
    private Optional<String> node(ContainerId container) {
        String web = WebAppUtils.getRMWebAppURLWithScheme(configuration);
        try {
            return node(web, container);
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unanswered("The ResourceManager's web service at " + web, e);
        }
    }

    private static RaddleException unanswered(String who, IOException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new RaddleException(
                new Cause.ClusterRefused(
                        who + " cannot be asked for the driver's output: " + reason + ".",
                        "Check that it runs and that its web port can be reached from here; for the next time, let the"
                                + " cluster keep logs: yarn.log-aggregation-enable=true."),
                e);
    }

    private static Optional<String> node(String web, ContainerId container) throws IOException {
        String attempts = web + "/ws/v1/cluster/apps/"
                + container.getApplicationAttemptId().getApplicationId() + "/appattempts";
        try (InputStream in = open(attempts)) {
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return ATTEMPT.matcher(answer)
                    .results()
                    .map(attempt -> attempt.group())
                    .filter(attempt -> attempt.contains("\"" + container + "\""))
                    .map(NODE::matcher)
                    .filter(Matcher::find)
                    .map(node -> node.group(1))
                    .findFirst();
        }
    }

    private static InputStream open(String address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) new URL(address).openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        connection.setRequestProperty("Accept", "application/json, text/plain");
        return connection.getInputStream();
    }
}
