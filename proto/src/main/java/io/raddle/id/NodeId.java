package io.raddle.id;

/** A NodeManager: two of them may share a host, so the port belongs to the name. Port 0 stands for local mode. */
public record NodeId(String host, int port) implements Comparable<NodeId> {
    @Override
    public int compareTo(NodeId other) {
        int byHost = host.compareTo(other.host);
        return byHost != 0 ? byHost : Integer.compare(port, other.port);
    }

    @Override
    public String toString() {
        return port == 0 ? host : host + ":" + port;
    }
}
