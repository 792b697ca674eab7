package io.raddle.yarn.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and a server and passes everything on, but for the answer to calls whose bytes have a certain
 * word in them: instead of that, the connection breaks.
 */
final class CuttingRelay implements AutoCloseable {
    /** What happens to connections once an answer was kept back. */
    enum Afterwards {
        SERVE,
        REFUSE
    }

    private final ServerSocket listening;
    private final String serverHost;
    private final int serverPort;
    private final String word;
    private final Afterwards afterwards;
    private final Work meanwhile;
    private final AtomicInteger cuts = new AtomicInteger();

    private CuttingRelay(ServerSocket listening, String address, String word, Afterwards afterwards, Work meanwhile) {
        this.listening = listening;
        this.serverHost = address.substring(0, address.indexOf(':'));
        this.serverPort = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        this.word = word;
        this.afterwards = afterwards;
        this.meanwhile = meanwhile;
    }

    static CuttingRelay before(String address, String word, Afterwards afterwards) throws IOException {
        return before(address, word, afterwards, () -> {});
    }

    /** Once an answer was kept back, nobody is served until {@code meanwhile} has returned. */
    static CuttingRelay before(String address, String word, Afterwards afterwards, Work meanwhile) throws IOException {
        CuttingRelay relay = new CuttingRelay(
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), address, word, afterwards, meanwhile);
        relay.inBackground(relay::accept);
        return relay;
    }

    int port() {
        return listening.getLocalPort();
    }

    /** How many answers were kept back. */
    int cuts() {
        return cuts.get();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            if (cuts.get() > 0) {
                meanwhile.run();
            }
            Socket server = new Socket(serverHost, serverPort);
            AtomicBoolean cutting = new AtomicBoolean();
            inBackground(() -> request(client, server, cutting));
            inBackground(() -> answer(client, server, cutting));
        }
    }

    private void request(Socket client, Socket server, AtomicBoolean cutting) throws IOException {
        try (client;
                server) {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            pass(client, server, (bytes, count) -> {
                sent.write(bytes, 0, count);
                if (sent.toString(StandardCharsets.ISO_8859_1).contains(word)) {
                    cutting.set(true);
                }
                return true;
            });
        }
    }

    private void answer(Socket client, Socket server, AtomicBoolean cutting) throws IOException {
        try (client;
                server) {
            pass(server, client, (bytes, count) -> !cutting.get());
            if (cutting.get()) {
                cuts.incrementAndGet();
                if (afterwards == Afterwards.REFUSE) {
                    listening.close();
                }
            }
        }
    }

    private interface Gate {
        boolean lets(byte[] bytes, int count);
    }

    private static void pass(Socket from, Socket to, Gate gate) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] bytes = new byte[8192];
        for (int count = in.read(bytes); count >= 0 && gate.lets(bytes, count); count = in.read(bytes)) {
            out.write(bytes, 0, count);
            out.flush();
        }
    }

    interface Work {
        void run() throws IOException;
    }

    private void inBackground(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // One end hung up, or the test is over.
                    }
                },
                "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
