package io.scheduler.infrastructure.redis;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageCodec;
import io.scheduler.core.message.PayloadException;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives: reads until something is there, makes deliveries of it, and mends what a read found missing. Safe for use
 * by several threads.
 */
final class RedisReceiver {

    /** A read that waits is renewed after this time, so that one on a dead connection is noticed. */
    private static final Duration LONGEST_READ = Duration.ofSeconds(5);

    /** Longer than any program runs, and short enough to be counted in nanoseconds. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(36_500);

    /** How often in a row a group is created that is gone again at the next read. */
    private static final int MAX_MENDS = 10;

    private static final CompletableFuture<Boolean> NOTHING_MORE = CompletableFuture.completedFuture(false);

    private static final Logger log = LoggerFactory.getLogger(RedisReceiver.class);

    private final RedisStreamReader reader;
    private final RedisScripts scripts;
    private final RedisMaintenance maintenance;
    private final RedisSettlement settlement;
    private final RedisErrors errors;
    private final RedisStreamConfig config;
    private final EntryReader entryReader;
    private final ConsumerNames names;
    private final Set<QueueName> known = ConcurrentHashMap.newKeySet();
    private final HighestEntries highest = new HighestEntries();
    private final AtomicLong reads = new AtomicLong();

    RedisReceiver(
            RedisStreamReader reader,
            RedisScripts scripts,
            RedisMaintenance maintenance,
            RedisSettlement settlement,
            ConsumerNames names,
            RedisErrors errors,
            RedisStreamConfig config,
            MessageCodec codec) {
        this.reader = reader;
        this.scripts = scripts;
        this.maintenance = maintenance;
        this.settlement = settlement;
        this.names = names;
        this.errors = errors;
        this.config = config;
        this.entryReader = new EntryReader(codec);
    }

    /** As {@link io.scheduler.core.queue.MessageConsumer#receive}; an interrupt is thrown as such. */
    List<Delivery> receive(QueueName queue, int maxDeliveries, Duration maxWait) throws InterruptedException {
        Operation operation = Operation.on("receive", queue);
        RedisKeys keys = RedisKeys.of(queue, config);
        Duration wanted = maxWait.compareTo(LONGEST_WAIT) < 0 ? maxWait : LONGEST_WAIT;
        long deadline = System.nanoTime() + wanted.toNanos();
        CompletableFuture<?> created = known.contains(queue) ? CompletableFuture.completedFuture(null) : create(keys);
        RedisMaintenance.Queue watched = maintenance.watch(keys);
        try {
            CompletableFuture<Boolean> madeReady = watched.runIfDue();
            ended(created);
            int mended = 0;
            while (true) {
                Duration rest = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                Duration wait = rest.compareTo(LONGEST_READ) < 0 ? rest : LONGEST_READ;
                try {
                    List<Delivery> deliveries = read(queue, keys, maxDeliveries, wait);
                    if (!deliveries.isEmpty()) {
                        return deliveries;
                    }
                    if (System.nanoTime() - deadline >= 0) {
                        if (!ended(madeReady).orElse(false)) {
                            return deliveries;
                        }
                        madeReady = NOTHING_MORE; // what there was is taken with one more look
                    }
                    mended = 0;
                } catch (ExecutionException e) {
                    if (!RedisErrors.isGroupGone(e) || mended++ == MAX_MENDS) {
                        throw errors.translate(operation, e);
                    }
                    if (!known.add(queue)) {
                        names.renew(keys);
                    }
                    createGroup(operation, keys);
                } catch (TimeoutException | CancellationException e) {
                    throw errors.translate(operation, e);
                }
            }
        } finally {
            watched.unwatch();
        }
    }

    /**
     * Lets go of what is kept for a queue that was deleted. If it appears again, this consumer has another name there:
     * within one millisecond an entry of the new stream can have the id of one in the old.
     */
    void forget(QueueName queue) {
        RedisKeys keys = RedisKeys.of(queue, config);
        if (known.remove(queue)) {
            names.renew(keys);
        }
        highest.forget(keys);
        maintenance.forget(keys);
    }

    private List<Delivery> read(QueueName queue, RedisKeys keys, int maxDeliveries, Duration wait)
            throws ExecutionException, InterruptedException, TimeoutException {
        String consumer = names.of(keys);
        String before = highest.of(keys, consumer);
        List<ReceivedEntry> entries = reader.read(keys, consumer, maxDeliveries, wait);
        known.add(queue);
        if (entries.isEmpty()) {
            return List.of();
        }
        if (EntryIds.compare(entries.get(0).id(), before) > 0) {
            highest.add(keys, consumer, entries.get(entries.size() - 1).id());
            return deliveries(queue, keys, consumer, entries);
        }
        return deliveries(queue, keys, consumer, releaseRepeated(queue, keys, consumer, before, entries));
    }

    /**
     * A group hands its entries out in their order. If one comes that should have come before, the group is another one
     * that somebody has made meanwhile, and a delivery of before could settle this one. So it is put back as an entry
     * with another id, for whoever reads next, and this consumer goes on under another name.
     *
     * @return the other entries
     */
    private List<ReceivedEntry> releaseRepeated(
            QueueName queue, RedisKeys keys, String consumer, String before, List<ReceivedEntry> entries)
            throws InterruptedException {
        names.renew(keys);
        log.warn("The consumer group of queue '{}' was made anew; its messages come again", queue);
        List<ReceivedEntry> others = new ArrayList<>();
        for (ReceivedEntry entry : entries) {
            if (EntryIds.compare(entry.id(), before) > 0) {
                others.add(entry);
            } else {
                release(new Lease(keys, consumer, reads.incrementAndGet(), entry.id()));
            }
        }
        return others;
    }

    private void release(Lease lease) throws InterruptedException {
        try {
            settlement.release(lease).get();
        } catch (ExecutionException e) {
            // It stays pending, and is found again when its lease has ended.
            log.warn("Entry {} could not be put back: {}", lease.entryId(), e.getMessage());
        }
    }

    private void createGroup(Operation operation, RedisKeys keys) throws InterruptedException {
        try {
            create(keys).get();
        } catch (ExecutionException e) {
            throw errors.translate(operation, e);
        }
    }

    private CompletableFuture<?> create(RedisKeys keys) {
        return scripts.run(RedisScript.CREATE, List.of(keys.stream()), List.of(keys.group()));
    }

    /** Waits for the end, no matter which: if Redis cannot be reached, or refuses, the read will tell. */
    private static <T> Optional<T> ended(CompletableFuture<T> preparation) throws InterruptedException {
        try {
            return Optional.ofNullable(preparation.get());
        } catch (ExecutionException e) {
            log.trace("What is made ready beside a read has failed", e);
            return Optional.empty();
        }
    }

    private List<Delivery> deliveries(QueueName queue, RedisKeys keys, String consumer, List<ReceivedEntry> read)
            throws InterruptedException {
        List<Delivery> deliveries = new ArrayList<>(read.size());
        long number = reads.incrementAndGet();
        for (ReceivedEntry entry : read) {
            Lease lease = new Lease(keys, consumer, number, entry.id());
            try {
                Message message = entryReader.message(entry);
                int attempt = entryReader.earlierAttempts(entry) + 1;
                deliveries.add(new RedisDelivery(settlement, queue, lease, message, attempt));
            } catch (PayloadException e) {
                bury(queue, lease, "Unreadable: " + e.getMessage());
            }
        }
        return deliveries;
    }

    private void bury(QueueName queue, Lease lease, String reason) throws InterruptedException {
        log.warn("Entry {} of queue '{}' goes to the dead letters. {}", lease.entryId(), queue, reason);
        try {
            settlement.reject(lease, reason).get();
        } catch (ExecutionException e) {
            // It stays pending, and is found again when its lease has ended.
            log.warn("Entry {} of queue '{}' could not be moved: {}", lease.entryId(), queue, e.getMessage());
        }
    }
}
