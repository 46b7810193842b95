package io.scheduler.examples.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Publishes with nothing between the program and Redis but a socket. */
record RawPublishing(BenchmarkRedis redis) {

    private static final String STREAM = "raw";

    /** Each caller has a connection of its own, and waits for each answer. */
    double blocking(int callers, Duration time) throws Exception {
        List<RespSocket> sockets = new ArrayList<>();
        try {
            return Threads.rate(callers, time, () -> {
                RespSocket socket = redis.connect();
                synchronized (sockets) {
                    sockets.add(socket);
                }
                return () -> {
                    socket.write(Sample.xadd(STREAM));
                    socket.read();
                    return 1;
                };
            });
        } finally {
            for (RespSocket socket : sockets) {
                socket.close();
            }
        }
    }

    /** One connection; while one pipeline is answered the next is on its way. */
    double pipelined(int size, Duration time) throws Exception {
        try (RespSocket socket = redis.connect()) {
            send(socket, size);
            return Threads.rate(1, time, () -> () -> {
                send(socket, size);
                for (int i = 0; i < size; i++) {
                    socket.read();
                }
                return size;
            });
        }
    }

    private static void send(RespSocket socket, int size) throws Exception {
        for (int i = 0; i < size; i++) {
            socket.write(Sample.xadd(STREAM));
        }
        socket.flush();
    }
}
