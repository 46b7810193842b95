package io.scheduler.examples.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads, acknowledges and deletes with nothing between the program and Redis but a socket. Nobody checks a lease. */
record RawConsuming(BenchmarkRedis redis) {

    /** How many entries are read at once. */
    static final int LIST = 500;

    static final String NAME = "socket, read " + LIST + " + XACK + XDEL";
    static final String STREAM = "raw";
    static final String GROUP = "group";

    private static final int PIPELINE = 500;

    double reading(int consumers, int messages) throws Exception {
        fill(messages);
        List<RespSocket> sockets = new ArrayList<>();
        try {
            return Threads.rate(consumers, Duration.ofMinutes(1), () -> {
                RespSocket socket = redis.connect();
                synchronized (sockets) {
                    sockets.add(socket);
                }
                String consumer = UUID.randomUUID().toString();
                byte[] read = RespSocket.command(
                        "XREADGROUP", "GROUP", GROUP, consumer, "COUNT", LIST, "STREAMS", STREAM, ">");
                return () -> readAndSettle(socket, read);
            });
        } finally {
            for (RespSocket socket : sockets) {
                socket.close();
            }
        }
    }

    /** Makes the stream, its group, and so many entries. */
    void fill(int messages) throws Exception {
        try (RespSocket socket = redis.connect()) {
            socket.call("XGROUP", "CREATE", STREAM, GROUP, "0", "MKSTREAM");
            for (int done = 0; done < messages; done += PIPELINE) {
                for (int i = 0; i < PIPELINE; i++) {
                    socket.write(Sample.xadd(STREAM));
                }
                for (int i = 0; i < PIPELINE; i++) {
                    socket.read();
                }
            }
        }
    }

    private static int readAndSettle(RespSocket socket, byte[] read) throws Exception {
        socket.write(read);
        List<?> streams = (List<?>) socket.read();
        if (streams.isEmpty()) {
            return 0;
        }
        List<?> entries = (List<?>) ((List<?>) streams.get(0)).get(1);
        List<Object> ack = new ArrayList<>(List.of("XACK", STREAM, GROUP));
        List<Object> delete = new ArrayList<>(List.of("XDEL", STREAM));
        for (Object entry : entries) {
            Object id = ((List<?>) entry).get(0);
            ack.add(id);
            delete.add(id);
        }
        socket.write(RespSocket.command(ack.toArray()));
        socket.write(RespSocket.command(delete.toArray()));
        socket.read();
        socket.read();
        return entries.size();
    }
}
