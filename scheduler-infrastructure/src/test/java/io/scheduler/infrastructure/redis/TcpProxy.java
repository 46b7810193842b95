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
 * A TCP proxy between the code under test and a server. It passes bytes on, and can hinder them or break a connection
 * on request: always as a reset, never by dropping bytes and going on.
 */
final class TcpProxy implements AutoCloseable {

    static final String THREADS = "tcp-proxy";

    private final ServerSocket listener;
    private final int target;
    private final Hindrances hindrances;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Socket> cut = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Optional<ReplyReset> replyReset = Optional.empty();

    private TcpProxy(ServerSocket listener, int target, Hindrances hindrances) {
        this.listener = listener;
        this.target = target;
        this.hindrances = hindrances;
    }

    static TcpProxy to(int port) {
        return to(port, new Hindrances());
    }

    /** One whose hindrances are those of others, too. */
    static TcpProxy to(int port, Hindrances hindrances) {
        try {
            ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName(RedisServerProcess.HOST));
            TcpProxy proxy = new TcpProxy(listener, port, hindrances);
            daemon(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isClosed() {
        return listener.isClosed();
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

    /**
     * When bytes with that text have arrived their connection ends, and no other is let through until {@link #heal}.
     */
    void endAfter(String text) {
        hindrances.endAfter(text);
    }

    /** From now on everything takes that long in each direction. */
    void delayBy(Duration value) {
        hindrances.delayBy(value);
    }

    /** From now on every byte is a packet of its own. */
    void sendOneByteAtATime() {
        hindrances.sendOneByteAtATime();
    }

    /** Takes back what hinders bytes and connections; what is cut stays so. */
    void heal() {
        hindrances.heal();
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut.clear();
        resetAll();
        hindrances.wake();
    }

    private record ReplyReset(String text, CountDownLatch happened) {}

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                // The listener was closed.
            }
        }
    }

    private void connect(Socket client) {
        if (hindrances.refuses() || listener.isClosed()) {
            reset(client);
            return;
        }
        try {
            Connection connection = new Connection(client, new Socket(RedisServerProcess.HOST, target));
            client.setTcpNoDelay(true);
            connection.server.setTcpNoDelay(true);
            connections.incrementAndGet();
            sockets.add(client);
            sockets.add(connection.server);
            if (listener.isClosed()) {
                connection.reset();
                return;
            }
            daemon(connection::passRequests);
            daemon(connection::passReplies);
        } catch (IOException e) {
            reset(client);
        }
    }

    private final class Connection {

        private final Socket client;
        private final Socket server;
        private volatile Optional<ReplyReset> doom = Optional.empty();

        private Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void reset() {
            TcpProxy.reset(client);
            TcpProxy.reset(server);
        }

        private void passRequests() {
            pass(client, server, request -> {
                Optional<ReplyReset> reset = replyReset;
                if (reset.isPresent() && request.contains(reset.get().text())) {
                    replyReset = Optional.empty();
                    doom = reset;
                }
                return true;
            });
        }

        private void passReplies() {
            pass(server, client, reply -> {
                Optional<ReplyReset> reset = doom;
                if (reset.isPresent()) {
                    TcpProxy.reset(client);
                    reset.get().happened().countDown();
                }
                return reset.isEmpty();
            });
        }
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
                String text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                if (!gate.lets(text) || !hindrances.pass(buffer, read, text, out, () -> cut.contains(from))) {
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

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It has ended by itself.
        }
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, THREADS);
        thread.setDaemon(true);
        thread.start();
    }
}
