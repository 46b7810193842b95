package io.scheduler.examples;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.worker.Worker;
import io.scheduler.infrastructure.MessageQueues;
import io.scheduler.infrastructure.redis.RedisStreamConfig;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.redisson.Redisson;
import org.redisson.api.RMap;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Puts queues on a Redisson client that the program has anyway, beside what it does with that client. */
public final class OwnClientExample {

    private static final QueueName VOTES = QueueName.of("votes");
    private static final MessageType<Vote> VOTE = MessageType.of("vote.cast", Vote.class);

    /** What the messages of this example hold. */
    private record Vote(String party) {}

    private OwnClientExample() {}

    /**
     * Runs the example.
     *
     * @param args none are needed
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Story story = new Story();
        try (ExampleRedis redis = ExampleRedis.find()) {
            story.chapter("The program has a Redisson client of its own, with a codec of its own");
            Config config = new Config();
            config.setCodec(StringCodec.INSTANCE);
            config.useSingleServer().setAddress(redis.url());
            RedissonClient client = Redisson.create(config);
            try {
                // What tells how to connect is not used here: that is the client's affair.
                run(story, client, redis.config());
            } finally {
                client.shutdown();
            }
        }
    }

    private static void run(Story story, RedissonClient client, RedisStreamConfig config) throws InterruptedException {
        RMap<String, String> votes = client.getMap(config.keyPrefix() + "votes-by-party");
        CountDownLatch counted = new CountDownLatch(5);
        story.say("its codec is %s", client.getConfig().getCodec().getClass().getSimpleName());

        story.chapter("A queue on that client hands out votes; their handler counts them in a map of the client");
        try (MessageQueue queue = MessageQueues.redis(client, config)) {
            Worker worker = Worker.on(queue)
                    .queue(VOTES)
                    .handle(VOTE, vote -> {
                        votes.merge(vote.party(), "1", OwnClientExample::add);
                        counted.countDown();
                    })
                    .start();
            for (String party : new String[] {"cats", "dogs", "cats", "owls", "cats"}) {
                queue.publish(VOTES, Message.of(VOTE, new Vote(party)));
            }
            counted.await();
            worker.close();
            queue.delete(VOTES);
        }
        story.say("%d votes are counted, and the queue is closed", 5 - counted.getCount());

        story.chapter("The client stays open: closing it is the business of whoever made it");
        votes.readAllEntrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> story.say("%s: %s", entry.getKey(), entry.getValue()));
        story.say("shut down: %b", client.isShutdown());
        votes.delete();
    }

    private static String add(String one, String other) {
        return String.valueOf(Integer.parseInt(one) + Integer.parseInt(other));
    }
}
