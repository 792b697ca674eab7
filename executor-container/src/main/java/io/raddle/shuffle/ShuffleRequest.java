package io.raddle.shuffle;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;

/**
 * A request for reduce partitions {@code first} to {@code last} of some map outputs. Hadoop's handler knows single
 * partitions only; ours also ranges.
 */
record ShuffleRequest(String job, int first, int last, List<String> mapIds) {
    static final String PATH = "/mapOutput";
    /** Hadoop's handler takes request lines of up to 4096 bytes; this leaves room for all around the map ids. */
    static final int MAX_MAP_ID_CHARS = 3800;

    static final String URL_HASH = "UrlHash";
    static final String REPLY_HASH = "ReplyHash";
    static final String NAME = "name";
    static final String NAME_VALUE = "mapreduce";
    static final String VERSION = "version";
    static final String VERSION_VALUE = "1.0.0";

    /** Path and query, as they are hashed and sent. */
    String pathAndQuery() {
        String reduce = first == last ? Integer.toString(first) : first + "-" + last;
        return PATH + "?job=" + job + "&reduce=" + reduce + "&map=" + String.join(",", mapIds) + "&keepAlive=true";
    }

    /** The request that a URI stands for. */
    static ShuffleRequest parse(String uri) {
        Map<String, List<String>> parameters = new QueryStringDecoder(uri).parameters();
        String[] reduce = one(parameters, "reduce").split("-", 2);
        int first = Integer.parseInt(reduce[0]);
        int last = reduce.length == 1 ? first : Integer.parseInt(reduce[1]);
        List<String> maps = List.of(one(parameters, "map").split(","));
        if (first < 0 || last < first || maps.isEmpty()) {
            throw new IllegalArgumentException("Bad reduce parameter or no map");
        }
        for (String map : maps) {
            if (!map.matches("[A-Za-z0-9_-]+")) {
                throw new IllegalArgumentException("Bad map id");
            }
        }
        return new ShuffleRequest(one(parameters, "job"), first, last, maps);
    }

    private static String one(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() != 1) {
            throw new IllegalArgumentException("Required parameter " + name + " is missing or given more than once");
        }
        return values.get(0);
    }
}
