package io.scheduler.examples.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongConsumer;
import org.redisson.api.RStream;
import org.redisson.api.stream.StreamAddArgs;
import org.redisson.api.stream.StreamCreateGroupArgs;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.api.stream.StreamReadGroupArgs;

/** A stream with Redisson alone: added without waiting; read, acknowledged and removed. Nobody checks a lease. */
record RedissonPath(RedissonClients redisson) implements PacedPath {

    static final String NAME = "Redisson addAsync, readGroup";

    private static final String STREAM = "path";
    private static final String GROUP = "group";
    private static final Duration WAIT = Duration.ofMillis(500);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Role role() {
        return Role.REFERENCE;
    }

    @Override
    public Open open(LongConsumer arrivals) {
        RStream<String, byte[]> stream = redisson.client().getStream(STREAM);
        stream.createGroup(
                StreamCreateGroupArgs.name(GROUP).id(new StreamMessageId(0, 0)).makeStream());
        ConsumerLoop loop = ConsumerLoop.start(() -> read(stream, arrivals));
        return new Open() {
            @Override
            public void send(long number) {
                stream.addAsync(StreamAddArgs.entries(Map.of(
                        "number", Long.toString(number).getBytes(StandardCharsets.US_ASCII), "data", Sample.PAYLOAD)));
            }

            @Override
            public void close() {
                loop.close();
            }
        };
    }

    private static void read(RStream<String, byte[]> stream, LongConsumer arrivals) {
        Map<StreamMessageId, Map<String, byte[]>> entries = stream.readGroup(
                GROUP,
                "consumer",
                StreamReadGroupArgs.neverDelivered().count(100).timeout(WAIT));
        if (!entries.isEmpty()) {
            entries.values()
                    .forEach(fields -> arrivals.accept(
                            Long.parseLong(new String(fields.get("number"), StandardCharsets.US_ASCII))));
            StreamMessageId[] ids = entries.keySet().toArray(new StreamMessageId[0]);
            stream.ack(GROUP, ids);
            stream.remove(ids);
        }
    }
}
