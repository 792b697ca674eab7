package io.raddle.yarn.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * A longer way to a server of this machine: every byte arrives so much later, in either direction, however many are on
 * their way. No more than 64 MiB are, in one direction of a connection; a sender that is faster waits.
 */
final class DelayingRelay implements AutoCloseable {
    private static final int MAX_BYTES = 64 << 20;
    private static final int PIECE_BYTES = 64 << 10;

    private final ServerSocket listening;
    private final long delayNanos;
    private volatile int serverPort;

    private DelayingRelay(ServerSocket listening, long delayNanos) {
        this.listening = listening;
        this.delayNanos = delayNanos;
    }

    static DelayingRelay start(Duration eachWay) throws IOException {
        ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        DelayingRelay relay = new DelayingRelay(listening, eachWay.toNanos());
        inBackground(relay::accept);
        return relay;
    }

    /** The port that leads to that one. */
    int to(int port) {
        serverPort = port;
        return listening.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            new Way(client, server, delayNanos).open();
            new Way(server, client, delayNanos).open();
        }
    }

    /** What has been read, to be written at a time. An end has no bytes. */
    private record Piece(byte[] bytes, long dueNanos) {
        boolean isEnd() {
            return bytes.length == 0;
        }
    }

    /** One direction of one connection. */
    private record Way(Socket from, Socket to, long delayNanos, BlockingQueue<Piece> pieces, Semaphore room) {
        Way(Socket from, Socket to, long delayNanos) {
            this(from, to, delayNanos, new LinkedBlockingQueue<>(), new Semaphore(MAX_BYTES));
        }

        void open() {
            inBackground(this::read);
            inBackground(this::write);
        }

        private void read() throws IOException, InterruptedException {
            byte[] bytes = new byte[PIECE_BYTES];
            try {
                InputStream in = from.getInputStream();
                for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                    room.acquire(count);
                    pieces.add(new Piece(Arrays.copyOf(bytes, count), System.nanoTime() + delayNanos));
                }
            } finally {
                pieces.add(new Piece(new byte[0], System.nanoTime() + delayNanos));
            }
        }

        private void write() throws IOException, InterruptedException {
            try (from;
                    to) {
                OutputStream out = to.getOutputStream();
                for (Piece piece = pieces.take(); !piece.isEnd(); piece = pieces.take()) {
                    awaitTime(piece.dueNanos());
                    out.write(piece.bytes());
                    room.release(piece.bytes().length);
                }
            }
        }

        private static void awaitTime(long dueNanos) {
            for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }

    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private static void inBackground(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException | InterruptedException closed) {
                        // One end hung up, or the measurement is over.
                    }
                },
                "delaying-relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
