package io.scheduler.core.soak;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.worker.BatchItem;
import io.scheduler.core.worker.HandlerContext;
import io.scheduler.core.worker.RejectMessageException;
import io.scheduler.core.worker.RetryLaterException;
import io.scheduler.core.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Has a worker whose handlers do all that handlers do, and closes it in the middle of that, to start another. */
final class WorkerKeeper extends Actor {

    private static final int CONCURRENCY = 4;
    private static final int BATCH = 8;
    private static final Duration LONGEST_DELAY = Duration.ofMillis(300);
    private static final Duration LONGEST_WORK = Duration.ofMillis(1500);
    private static final Duration STEP = Duration.ofMillis(10);
    private static final Duration LONGEST_LIFE = Duration.ofSeconds(6);

    private static final Duration DRAIN = Duration.ofSeconds(20);

    private final RecordingQueue queue;
    private final QueueName name;

    /** For the handlers' threads. */
    private final Random lots;

    WorkerKeeper(RecordingQueue queue, int number, QueueName name, Supplier<Phase> phase, long seed) {
        super("worker-" + number, phase, seed);
        this.queue = queue;
        this.name = name;
        this.lots = new Random(seed + 1);
    }

    @Override
    void run() {
        while (phase() != Phase.OVER) {
            Worker worker = worker();
            pause(LONGEST_LIFE);
            boolean hasty = phase() == Phase.STORM;
            while (!hasty && phase() != Phase.OVER) {
                sleep(LONGEST_LIFE);
            }
            worker.close(hasty ? Duration.ofMillis(random.nextInt(200)) : DRAIN);
        }
    }

    private Worker worker() {
        return Worker.on(queue)
                .queue(name)
                .handleMessage(MessageDraws.SINGLE, this::work)
                .handleBatch(MessageDraws.BATCHED, BATCH, this::work)
                .handleMessage(MessageDraws.POISON, this::choke)
                .retry((attempt, failure) -> Optional.of(some(LONGEST_DELAY)))
                .concurrency(CONCURRENCY)
                .prefetch(CONCURRENCY)
                .handlerTimeout(Duration.ofSeconds(5))
                .name("soak-" + queue.number())
                .start();
    }

    private void work(Message message, HandlerContext context) throws InterruptedException {
        int way = lots.nextInt(100);
        if (phase() != Phase.STORM || way >= 14) {
            return;
        }
        if (way < 6) {
            throw new IllegalStateException("drawn by lot");
        } else if (way < 9) {
            throw new RetryLaterException(some(LONGEST_DELAY));
        } else if (way < 10) {
            throw new RejectMessageException("drawn by lot");
        }
        workFor(some(LONGEST_WORK));
    }

    /** Unless the storm ends before that. */
    private void workFor(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (phase() == Phase.STORM && System.nanoTime() - end < 0) {
            Thread.sleep(STEP.toMillis());
        }
    }

    private void work(List<BatchItem<String>> batch) {
        int way = lots.nextInt(100);
        if (phase() != Phase.STORM) {
            return;
        }
        if (way < 5) {
            throw new IllegalStateException("drawn by lot");
        } else if (way < 20) {
            batch.get(0).fail(new IllegalStateException("drawn by lot"));
        }
    }

    private void choke(Message message, HandlerContext context) {
        if (phase() == Phase.STORM) {
            throw new IllegalStateException("poison: " + message.id());
        }
    }

    private Duration some(Duration time) {
        return Duration.ofMillis(lots.nextLong(time.toMillis()));
    }
}
