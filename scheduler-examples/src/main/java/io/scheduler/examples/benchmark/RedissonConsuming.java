package io.scheduler.examples.benchmark;

import java.time.Duration;
import java.util.Map;
import org.redisson.api.RStream;
import org.redisson.api.RedissonClient;
import org.redisson.api.stream.StreamCreateGroupArgs;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.api.stream.StreamReadGroupArgs;

/** Reads, acknowledges and removes with Redisson alone. Nobody checks a lease. */
record RedissonConsuming(RedissonClient client, RawConsuming raw) {

    private static final String CONSUMER = "consumer";

    double reading(int size, int messages) throws Exception {
        raw.fill(messages);
        RStream<String, byte[]> stream = client.getStream(RawConsuming.STREAM);
        return Threads.rate(1, Duration.ofMinutes(1), () -> () -> readAndSettle(stream, size));
    }

    /** Consumes what {@link RedissonClients#add} has added. */
    void drain(int size, int messages) {
        RStream<String, byte[]> stream = client.getStream(RedissonClients.STREAM);
        if (stream.listGroups().isEmpty()) {
            stream.createGroup(StreamCreateGroupArgs.name(RawConsuming.GROUP).id(new StreamMessageId(0, 0)));
        }
        for (int left = messages; left > 0; ) {
            int settled = readAndSettle(stream, size);
            if (settled == 0) {
                throw new IllegalStateException(left + " of " + messages + " messages are not there");
            }
            left -= settled;
        }
    }

    private static int readAndSettle(RStream<String, byte[]> stream, int size) {
        Map<StreamMessageId, Map<String, byte[]>> entries = stream.readGroup(
                RawConsuming.GROUP,
                CONSUMER,
                StreamReadGroupArgs.neverDelivered().count(size));
        StreamMessageId[] ids = entries.keySet().toArray(new StreamMessageId[0]);
        if (ids.length > 0) {
            stream.ack(RawConsuming.GROUP, ids);
            stream.remove(ids);
        }
        return ids.length;
    }
}
