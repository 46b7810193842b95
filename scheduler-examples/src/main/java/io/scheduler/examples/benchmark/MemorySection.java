package io.scheduler.examples.benchmark;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.util.ArrayList;
import java.util.List;

/** How much of Redis' memory a waiting message takes, and an id that is remembered, beside the bytes of the payload. */
final class MemorySection implements Section {

    private static final List<Integer> PAYLOADS = List.of(100, 210, 1_000);
    private static final String GROUP = "payload bytes";

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String title() {
        return "Memory in Redis";
    }

    @Override
    public Result measure(BenchmarkRedis redis, Effort effort, Progress progress) throws Exception {
        List<Figure> figures = new ArrayList<>();
        int messages = effort.messages();
        try (MessageQueue queue = redis.queue()) {
            for (int bytes : PAYLOADS) {
                redis.flush();
                QueueName name = Sample.newQueue();
                String text = LargePayloads.textOf(bytes);
                new RoundTrip(queue, messages).fill(name, messages, () -> Message.of(LargePayloads.TEXT, text));
                long waiting = redis.memory(name.toString());
                long ids = redis.memoryOfKeys() - waiting;
                String row = String.format("%,d", bytes);
                figures.add(figure(row, "bytes per waiting message", waiting / messages));
                figures.add(figure(row, "beyond the payload", waiting / messages - bytes));
                figures.add(figure(row, "bytes per remembered id", ids / messages));
                figures.add(figure(row, "XADD of the payload alone", bare(redis, text, messages)));
                progress.say("%s bytes of payload", row);
            }
        }
        return Result.of(
                this,
                figures,
                List.of(),
                "As `MEMORY USAGE key SAMPLES 0` tells. The last column is a stream whose entries have one field, with"
                        + " nothing in it but the payload.");
    }

    private static double bare(BenchmarkRedis redis, String text, int messages) throws Exception {
        redis.flush();
        try (RespSocket socket = redis.connect()) {
            byte[] command = RespSocket.command("XADD", "bare", "*", "data", '"' + text + '"');
            for (int i = 0; i < messages; i++) {
                socket.write(command);
                socket.read();
            }
        }
        return (double) redis.memory("bare") / messages;
    }

    private static Figure figure(String row, String column, double value) {
        return new Figure(GROUP, row, column, Role.OURS, Unit.BYTES, List.of(value));
    }
}
