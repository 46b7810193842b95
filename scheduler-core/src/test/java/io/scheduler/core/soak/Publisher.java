package io.scheduler.core.soak;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Publishes in every way, and repeats what failed, and now and then what did not. */
final class Publisher extends Actor {

    private static final int MOST_TRIES = 30;
    private static final int LONGEST_LIST = 20;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);

    private final RecordingQueue queue;
    private final QueueName name;
    private final MessageDraws draws;
    private final Duration repeatsWithin;
    private final Supplier<Boolean> enough;

    /**
     * @param repeatsWithin for how long an id may be published again
     * @param enough whether so much waits that publishing has to wait too
     */
    Publisher(
            String prefix,
            RecordingQueue queue,
            QueueName name,
            Supplier<Phase> phase,
            Duration repeatsWithin,
            Supplier<Boolean> enough,
            Supplier<java.time.Instant> clock,
            long seed) {
        super(prefix, phase, seed);
        this.queue = queue;
        this.name = name;
        this.draws = new MessageDraws(prefix, random, clock);
        this.repeatsWithin = repeatsWithin;
        this.enough = enough;
    }

    @Override
    void run() {
        while (phase() == Phase.STORM) {
            if (enough.get()) {
                pause(PAUSE);
                continue;
            }
            int way = random.nextInt(10);
            if (way < 5) {
                repeat(List.of(draws.next()), messages -> queue.publish(name, messages.get(0)));
            } else if (way < 8) {
                several(1 + random.nextInt(LONGEST_LIST));
            } else {
                List<Message> list = Stream.generate(draws::next)
                        .limit(1 + random.nextInt(LONGEST_LIST))
                        .toList();
                repeat(list, messages -> queue.publishAll(name, messages));
            }
            pause(PAUSE);
        }
    }

    private interface Way {
        void publish(List<Message> messages);
    }

    private void repeat(List<Message> messages, Way way) {
        long end = System.nanoTime() + repeatsWithin.toNanos();
        boolean givesUpEarly = chance(20);
        for (int tries = 0; tries < MOST_TRIES && System.nanoTime() - end < 0; tries++) {
            try {
                way.publish(messages);
                if (!chance(5)) {
                    return;
                }
            } catch (RuntimeException e) {
                if (givesUpEarly) {
                    return;
                }
                pause(PAUSE_AFTER_FAILURE);
            }
        }
    }

    private void several(int count) {
        List<Message> messages = Stream.generate(draws::next).limit(count).toList();
        List<CompletableFuture<Void>> futures = messages.stream()
                .map(message -> queue.publishAsync(name, message))
                .toList();
        List<Message> failed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            try {
                futures.get(i).join();
            } catch (CompletionException e) {
                failed.add(messages.get(i));
            }
        }
        for (Message message : failed) {
            repeat(
                    List.of(message),
                    again -> queue.publishAsync(name, message)
                            .handle((done, e) -> done)
                            .join());
        }
    }
}
