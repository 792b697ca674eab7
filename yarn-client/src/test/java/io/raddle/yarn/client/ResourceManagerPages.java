package io.raddle.yarn.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the ResourceManager shows to a browser: its REST API and its proxy of applications' pages. */
record ResourceManagerPages(String address) {
    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    static ResourceManagerPages of(RealCluster.Address cluster) {
        return new ResourceManagerPages("http://"
                + ClusterState.of(cluster).configuration().forClient().get("yarn.resourcemanager.webapp.address"));
    }

    /** One application in the REST API's words. */
    Document application(String id) throws IOException, InterruptedException {
        return new Document(get("/ws/v1/cluster/apps/" + id).body());
    }

    boolean running(String user) throws IOException, InterruptedException {
        return get("/ws/v1/cluster/apps?states=RUNNING&user=" + user).body().contains("\"id\":\"application_");
    }

    /** How much of its capacity a queue uses. */
    double usedPercent(String queue) throws IOException, InterruptedException {
        String scheduler = get("/ws/v1/cluster/scheduler").body();
        Matcher used = Pattern.compile(
                        "\"usedCapacity\":([0-9.]+),[^{}]*\"queueName\":\"" + Pattern.quote(queue) + "\"")
                .matcher(scheduler);
        assertThat(used.find()).as(scheduler).isTrue();
        return Double.parseDouble(used.group(1));
    }

    /** Where the proxy sends a browser that asks for the page of an application which has none any more. */
    String redirect(String id) throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/proxy/" + id + "/");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return answer.headers().firstValue("Location").orElse("");
    }

    /** The page behind an application's tracking URL, as it comes through the proxy. */
    String throughProxy(String id) throws IOException, InterruptedException {
        HttpResponse<String> page = get("/proxy/" + id + "/");
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return page.body();
    }

    /** The page at an address that the ResourceManager gave. */
    String page(String whole) throws IOException, InterruptedException {
        HttpResponse<String> page =
                BROWSER.send(HttpRequest.newBuilder(URI.create(whole)).build(), BodyHandlers.ofString());
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return page.body();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return BROWSER.send(HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
    }

    /** A flat look at a JSON document: the first field of a name counts. */
    record Document(String text) {
        String field(String name) {
            Matcher field = Pattern.compile("\"" + name + "\":(\"((?:[^\"\\\\]|\\\\.)*)\"|[^,}]*)")
                    .matcher(text);
            assertThat(field.find()).as(name + " in " + text).isTrue();
            return field.group(2) == null ? field.group(1) : field.group(2);
        }
    }
}
