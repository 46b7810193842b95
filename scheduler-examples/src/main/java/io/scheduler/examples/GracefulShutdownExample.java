package io.scheduler.examples;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import io.scheduler.core.worker.Worker;
import io.scheduler.infrastructure.MessageQueues;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Closes a worker while its handlers run: one finishes, the other is handed back. A program that is stopped by a signal
 * has the same done by {@code closeOnShutdown()}.
 */
public final class GracefulShutdownExample {

    private static final QueueName VIDEOS = QueueName.of("videos");
    private static final MessageType<Video> CONVERT = MessageType.of("video.convert", Video.class);
    private static final Duration DRAIN = Duration.ofSeconds(2);

    /** What the messages of this example hold. */
    private record Video(String title, Duration work) {}

    private GracefulShutdownExample() {}

    /**
     * Runs the example.
     *
     * @param args none are needed
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Story story = new Story();
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch ended = new CountDownLatch(2);
        try (ExampleRedis redis = ExampleRedis.find();
                MessageQueue queue = MessageQueues.redis(redis.config())) {
            story.chapter("A worker converts two videos at a time, a short one and a long one");
            queue.publish(VIDEOS, Message.of(CONVERT, new Video("the trailer", Duration.ofMillis(500))));
            queue.publish(VIDEOS, Message.of(CONVERT, new Video("the film", Duration.ofHours(1))));
            Worker worker = Worker.on(queue)
                    .queue(VIDEOS)
                    .concurrency(2)
                    .handle(CONVERT, video -> convert(story, video, begun, ended))
                    .start();
            begun.await();

            story.chapter("The worker is closed: handlers have two seconds to finish");
            worker.close(DRAIN);
            ended.await();

            story.chapter("What was not finished is ready at once: nobody waits for its lease of thirty seconds");
            QueueStats stats = queue.stats(VIDEOS);
            story.say("%d ready, %d in flight", stats.ready(), stats.inFlight());
            Delivery delivery = queue.receive(VIDEOS, 1, Duration.ofSeconds(5)).get(0);
            String title = delivery.message().payload(CONVERT).title();
            story.say("attempt %d: %s", delivery.attempt(), title);
            delivery.ack();
            queue.delete(VIDEOS);
        }
    }

    private static void convert(Story story, Video video, CountDownLatch begun, CountDownLatch ended)
            throws InterruptedException {
        begun.countDown();
        try {
            Thread.sleep(video.work().toMillis());
            story.say("%s: converted", video.title());
        } catch (InterruptedException e) {
            story.say("%s: interrupted, the drain time is over", video.title());
            throw e;
        } finally {
            ended.countDown();
        }
    }
}
