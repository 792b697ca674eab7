package io.raddle.transfer;

/** Where an executor serves blocks; port 0 names a server of this process. */
public record PeerAddress(String host, int port) {
    /** From a message. */
    public static PeerAddress of(io.raddle.proto.PeerAddress message) {
        return new PeerAddress(message.getHost(), message.getPort());
    }

    /** As a message. */
    public io.raddle.proto.PeerAddress message() {
        return io.raddle.proto.PeerAddress.newBuilder()
                .setHost(host)
                .setPort(port)
                .build();
    }

    @Override
    public String toString() {
        return port == 0 ? host : host + ":" + port;
    }
}
