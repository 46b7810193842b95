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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy between the code under test and a server. It passes bytes on, and can break a connection on request:
 * always as a reset, never by dropping bytes and going on.
 */
final class TcpProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Socket> cut = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Optional<ReplyReset> replyReset = Optional.empty();
    private volatile Duration latency = Duration.ZERO;
    private volatile boolean oneByteAtATime;

    private TcpProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    static TcpProxy to(int port) {
        try {
            TcpProxy proxy =
                    new TcpProxy(new ServerSocket(0, 50, InetAddress.getByName(RedisServerProcess.HOST)), port);
            proxy.daemon(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How many connections were made through it. */
    int connections() {
        return connections.get();
    }

    /**
     * The next request that contains a text reaches the server, which answers it; in place of the answer the client
     * gets a reset.
     *
     * @return opens when that has happened
     */
    CountDownLatch resetInsteadOfReplyTo(String text) {
        ReplyReset reset = new ReplyReset(text, new CountDownLatch(1));
        replyReset = Optional.of(reset);
        return reset.happened();
    }

    /** From now on everything takes that long in each direction. */
    void delayBy(Duration value) {
        latency = value;
    }

    /** From now on every byte is a packet of its own. */
    void sendOneByteAtATime() {
        oneByteAtATime = true;
    }

    /** Resets every connection there is; new ones are let through. */
    void resetAll() {
        sockets.forEach(TcpProxy::reset);
        sockets.clear();
    }

    /** Every connection there is stays open and carries nothing any more, as if a cable was cut; new ones work. */
    void cut() {
        cut.addAll(sockets);
    }

    @Override
    public void close() {
        try {
            listener.close();
            cut.clear();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record ReplyReset(String text, CountDownLatch happened) {}

    /** What the two directions of one connection share. */
    private static final class Doom {
        private volatile Optional<ReplyReset> reset = Optional.empty();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(RedisServerProcess.HOST, target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                connections.incrementAndGet();
                sockets.add(client);
                sockets.add(server);
                Doom doom = new Doom();
                daemon(() -> passRequests(client, server, doom));
                daemon(() -> passReplies(server, client, doom));
            } catch (IOException e) {
                // The listener was closed, or the server is down: the client sees a closed connection either way.
            }
        }
    }

    private void passRequests(Socket client, Socket server, Doom doom) {
        pass(client, server, bytes -> {
            Optional<ReplyReset> reset = replyReset;
            if (reset.isPresent() && bytes.contains(reset.get().text())) {
                replyReset = Optional.empty();
                doom.reset = reset;
            }
            return true;
        });
    }

    private void passReplies(Socket server, Socket client, Doom doom) {
        pass(server, client, bytes -> {
            Optional<ReplyReset> reset = doom.reset;
            if (reset.isEmpty()) {
                return true;
            }
            reset(client);
            reset.get().happened().countDown();
            return false;
        });
    }

    private interface Gate {
        boolean lets(String bytes);
    }

    private void pass(Socket from, Socket to, Gate gate) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!gate.lets(new String(buffer, 0, read, StandardCharsets.ISO_8859_1))) {
                    return;
                }
                Thread.sleep(latency.toMillis());
                while (cut.contains(from)) {
                    Thread.sleep(100);
                }
                write(out, buffer, read);
            }
        } catch (IOException e) {
            // One side has gone; closing both tells the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(OutputStream out, byte[] bytes, int length) throws IOException {
        if (!oneByteAtATime) {
            out.write(bytes, 0, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            out.write(bytes, i, 1);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It has ended by itself.
        }
    }

    private void daemon(Runnable task) {
        Thread thread = new Thread(task, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
