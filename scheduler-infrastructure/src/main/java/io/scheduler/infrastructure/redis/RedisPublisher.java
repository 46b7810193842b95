package io.scheduler.infrastructure.redis;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageCodec;
import io.scheduler.core.queue.MessageEncoder;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Publishes: encodes and checks on the caller's thread, and hands the entries to the lane of their queue. */
final class RedisPublisher {

    /** One script stores a whole list; a larger one would hold up everybody else's commands for too long. */
    private static final int MAX_LIST = 10_000;

    private static final int MAX_LIST_BYTES = 64 * 1024 * 1024;

    private final RedisScripts scripts;
    private final RedisStreamConfig config;
    private final MessageEncoder encoder;
    private final Map<QueueName, PublishLane> lanes = new ConcurrentHashMap<>();
    private volatile boolean closed;

    RedisPublisher(RedisScripts scripts, RedisStreamConfig config, MessageCodec codec) {
        this.scripts = scripts;
        this.config = config;
        this.encoder = new MessageEncoder(codec, config.maxPayloadSize());
    }

    /**
     * Encodes messages, which takes as long as their codec does. What is wrong with one is thrown.
     *
     * @param async whether the caller will make stages of his own depend on the future
     */
    Publication prepare(Operation operation, QueueName queue, List<Message> messages, boolean async) {
        if (messages.size() > MAX_LIST) {
            throw new QueueRefusedException(
                    operation,
                    "a list may have at most " + MAX_LIST + " messages, this one has " + messages.size() + "; split it",
                    null);
        }
        List<StreamEntry> entries = new ArrayList<>(messages.size());
        long bytes = 0;
        for (Message message : messages) {
            StreamEntry entry = encode(queue, message);
            entries.add(entry);
            bytes += entry.data().length;
        }
        if (bytes > MAX_LIST_BYTES) {
            throw new QueueRefusedException(
                    operation,
                    "a list may have at most " + MAX_LIST_BYTES + " bytes, this one has " + bytes + "; split it",
                    null);
        }
        return Publication.of(operation, entries, (int) bytes, async);
    }

    /** The future completes when Redis has the messages, all of them, or with the bare failure. Does not block. */
    CompletableFuture<Void> publish(QueueName queue, Publication publication) {
        lane(queue).add(publication);
        return publication.done();
    }

    /** A future that ends when all that was published until now has been answered. */
    CompletableFuture<Void> drained() {
        return CompletableFuture.allOf(lanes.entrySet().stream()
                .map(lane -> lane.getValue().drained(Operation.on("drain", lane.getKey())))
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Lets go of what waits; what comes now is refused as closed. */
    void close() {
        closed = true;
        lanes.values().forEach(PublishLane::close);
    }

    /** Whether everybody who published has been told how that ended. */
    boolean isIdle() {
        return lanes.values().stream().allMatch(PublishLane::isIdle);
    }

    /** Lets go of what is kept for a queue that was deleted: names that are used once must not gather. */
    void forget(QueueName queue) {
        lanes.computeIfPresent(queue, (name, lane) -> lane.isIdle() ? null : lane);
    }

    private StreamEntry encode(QueueName queue, Message message) {
        return StreamEntry.of(message, encoder.encode(queue, message).bytes());
    }

    private PublishLane lane(QueueName queue) {
        PublishLane lane = lanes.computeIfAbsent(queue, name -> {
            RedisKeys keys = RedisKeys.of(name, config);
            return new PublishLane(
                    batch -> send(keys, batch), scripts::keepOrder, scripts::afterSending, config.commandTimeout());
        });
        if (closed) {
            lane.close();
        }
        return lane;
    }

    private CompletableFuture<?> send(RedisKeys keys, List<Publication> batch) {
        List<String> scriptKeys = new ArrayList<>(List.of(keys.stream(), keys.delayed()));
        scriptKeys.addAll(keys.seenIds());
        List<Object> arguments = new ArrayList<>();
        arguments.add(keys.group());
        arguments.add(config.deduplicationWindow().toMillis());
        IdStems ids = new IdStems();
        batch.forEach(publication -> publication.entries().forEach(entry -> ids.add(entry.id())));
        ids.addTo(arguments);
        List<Object> rests = new ArrayList<>();
        int number = 0;
        for (Publication publication : batch) {
            for (StreamEntry entry : publication.entries()) {
                number++;
                arguments.add(entry.data());
                arguments.add(entry.timestamp());
                if (entry.rest().isPresent()) {
                    rests.add(number);
                    rests.add(entry.rest().get());
                }
            }
        }
        arguments.addAll(rests);
        return scripts.run(RedisScript.PUBLISH, scriptKeys, arguments);
    }
}
