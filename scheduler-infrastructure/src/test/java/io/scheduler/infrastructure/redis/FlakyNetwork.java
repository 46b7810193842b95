package io.scheduler.infrastructure.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ways to a server that all become bad at once, and good again. Bytes are late or the connection is reset; none is
 * dropped while the connection goes on.
 */
final class FlakyNetwork implements AutoCloseable {

    static final String THREADS = "flaky-network";

    private final int target;
    private final Set<Way> ways = ConcurrentHashMap.newKeySet();
    private volatile boolean holding;
    private volatile boolean refusing;
    private volatile Duration delay = Duration.ZERO;
    private volatile Optional<String> lastWord = Optional.empty();

    /** @param target the server's port */
    FlakyNetwork(int target) {
        this.target = target;
    }

    /** One client's way to the server, which can be cut for good. */
    final class Way implements AutoCloseable {

        private final ServerSocket listener;
        private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

        private Way(ServerSocket listener) {
            this.listener = listener;
        }

        int port() {
            return listener.getLocalPort();
        }

        @Override
        public void close() {
            ways.remove(this);
            quietly(listener);
            reset();
        }

        private void reset() {
            sockets.forEach(FlakyNetwork::reset);
        }

        private void accept() {
            while (!listener.isClosed()) {
                try {
                    Socket client = listener.accept();
                    sockets.add(client);
                    connect(client);
                } catch (IOException e) {
                    // The listener was closed.
                }
            }
        }

        private void connect(Socket client) {
            if (refusing || listener.isClosed()) {
                FlakyNetwork.reset(client);
                sockets.remove(client);
                return;
            }
            try {
                Socket server = new Socket(RedisServerProcess.HOST, target);
                sockets.add(server);
                daemon(() -> pass(client, server));
                daemon(() -> pass(server, client));
            } catch (IOException e) {
                FlakyNetwork.reset(client);
                sockets.remove(client);
            }
        }

        private void pass(Socket from, Socket to) {
            byte[] buffer = new byte[64 * 1024];
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    String bytes = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                    hindered();
                    out.write(buffer, 0, read);
                    out.flush();
                    if (lastWord.filter(bytes::contains).isPresent()) {
                        refusing = true;
                        return;
                    }
                }
            } catch (IOException | InterruptedException e) {
                // One side has gone; closing both tells the other.
            } finally {
                sockets.remove(from);
                sockets.remove(to);
            }
        }
    }

    Way way() {
        try {
            Way way = new Way(new ServerSocket(0, 50, InetAddress.getByName(RedisServerProcess.HOST)));
            ways.add(way);
            daemon(way::accept);
            return way;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes stay where they are until {@link #heal}. */
    void hold() {
        holding = true;
    }

    /**
     * When bytes with that text have arrived their connection ends, and no other is let through until {@link #heal}.
     */
    void endAfter(String text) {
        lastWord = Optional.of(text);
    }

    /** Bytes come later than they were sent. */
    void slowDown(Duration by) {
        delay = by;
    }

    /** Connections are reset, and new ones too until {@link #heal}. */
    void refuse() {
        refusing = true;
        resetAll();
    }

    void resetAll() {
        ways.forEach(Way::reset);
    }

    synchronized void heal() {
        refusing = false;
        holding = false;
        delay = Duration.ZERO;
        lastWord = Optional.empty();
        notifyAll();
    }

    @Override
    public void close() {
        heal();
        ways.forEach(Way::close);
    }

    private void hindered() throws InterruptedException {
        Duration late = delay;
        if (!late.isZero()) {
            Thread.sleep(late.toMillis());
        }
        synchronized (this) {
            while (holding) {
                wait();
            }
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
        quietly(socket);
    }

    private static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, THREADS);
        thread.setDaemon(true);
        thread.start();
    }
}
