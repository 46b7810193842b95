package io.scheduler.examples;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Health;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.MessageQueues;
import io.scheduler.infrastructure.redis.RedisStreamConfig;
import java.time.Duration;
import java.util.List;

/**
 * Asks a Redis, and queues on it, what is wrong with them. Where {@code REDIS_URL} names one, this only looks: at the
 * queues that are named as arguments, or else at those it finds among the first keys. It ends with 1 if anything is
 * wrong, so that a script can tell.
 */
public final class HealthExample {

    private static final MessageType<String> NOTE = MessageType.of("note", String.class);

    private HealthExample() {}

    /**
     * Runs the example.
     *
     * @param args names of queues
     */
    public static void main(String[] args) {
        boolean well;
        if (System.getenv("REDIS_URL") == null) {
            try (ExampleRedis redis = ExampleRedis.find();
                    MessageQueue queue = MessageQueues.redis(redis.config())) {
                System.out.println("REDIS_URL is not set, so here is a Redis of our own, and a queue to worry about:");
                neglect(queue, QueueName.of("neglected"));
                look(queue, List.of(QueueName.of("neglected")));
                well = true;
            }
        } else {
            RedisStreamConfig config = RedisStreamConfig.fromEnvironment();
            try (MessageQueue queue = MessageQueues.redis(config)) {
                List<String> names = args.length > 0 || !queue.health().up() ? List.of(args) : RawStream.queues(config);
                well = look(queue, names.stream().map(QueueName::of).toList());
            }
        }
        System.exit(well ? 0 : 1);
    }

    /** One message that was given up, and one that nobody comes for. */
    private static void neglect(MessageQueue queue, QueueName name) {
        queue.publish(name, Message.of(NOTE, "of no use"));
        queue.receive(name, 1, Duration.ofSeconds(5)).forEach(delivery -> delivery.reject("There is no such address"));
        queue.publish(name, Message.of(NOTE, "waits"));
    }

    private static boolean look(MessageQueue queue, List<QueueName> names) {
        Health broker = queue.health();
        System.out.printf("%n%s in %.1f ms %s%n", broker.up() ? "Up" : "Down", millis(broker), broker.details());
        print(broker.problems());
        if (!broker.up()) {
            return false;
        }
        boolean well = broker.problems().isEmpty();
        for (QueueName name : names) {
            Health health = queue.health(name);
            // Those of the broker come first, in each.
            List<String> own = health.problems()
                    .subList(
                            Math.min(broker.problems().size(), health.problems().size()),
                            health.problems().size());
            System.out.printf("%nQueue %s: %s%n", name, queue.stats(name));
            print(own);
            well &= own.isEmpty();
        }
        return well;
    }

    private static void print(List<String> problems) {
        problems.forEach(problem -> System.out.println("   ! " + problem));
        if (problems.isEmpty()) {
            System.out.println("   nothing is wrong");
        }
    }

    private static double millis(Health health) {
        return health.latency().toNanos() / 1e6;
    }
}
