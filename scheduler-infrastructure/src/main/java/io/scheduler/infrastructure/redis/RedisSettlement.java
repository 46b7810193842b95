package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Settles deliveries, by scripts that do nothing unless the delivery's consumer still holds its entry. Futures fail
 * with the bare failure. Safe for use by several threads.
 */
final class RedisSettlement {

    private static final int BATCH = 1000;
    private static final int MAX_REASON = 1000;

    private final RedisScripts scripts;
    private final RedisCalls calls;
    private final RedisStreamConfig config;

    RedisSettlement(RedisScripts scripts, RedisCalls calls, RedisStreamConfig config) {
        this.scripts = scripts;
        this.calls = calls;
        this.config = config;
    }

    Duration leaseDuration() {
        return config.lease();
    }

    int maxAttempts() {
        return config.maxAttempts();
    }

    /** Waits for a settlement, as the caller of a delivery does. */
    <T> T await(Operation operation, Supplier<CompletableFuture<T>> settlement) {
        return calls.call(operation, settlement);
    }

    /** As {@link io.scheduler.core.queue.MessageConsumer#ackAll}: one script for a thousand of one queue. */
    List<Delivery> ackAll(Collection<? extends Delivery> deliveries) {
        calls.requireOpen(new Operation("ack", Optional.empty(), List.of()));
        Map<Holder, List<RedisDelivery>> byHolder = new LinkedHashMap<>();
        for (Delivery delivery : deliveries) {
            Objects.requireNonNull(delivery, "delivery");
            if (!(delivery instanceof RedisDelivery ours) || !ours.isSettledBy(this)) {
                throw new IllegalArgumentException(
                        "Not a delivery of this queue object: " + delivery + "; acknowledge it where it was received");
            }
            byHolder.computeIfAbsent(Holder.of(ours), holder -> new ArrayList<>())
                    .add(ours);
        }
        List<Delivery> stale = new ArrayList<>();
        byHolder.forEach((holder, listed) -> {
            List<RedisDelivery> theirs = inOrder(listed);
            for (int from = 0; from < theirs.size(); from += BATCH) {
                stale.addAll(ackAll(holder, theirs.subList(from, Math.min(from + BATCH, theirs.size()))));
            }
        });
        return stale;
    }

    /** In the order of their leases, each once. */
    private static List<RedisDelivery> inOrder(List<RedisDelivery> listed) {
        List<RedisDelivery> sorted = new ArrayList<>(listed);
        sorted.sort(Comparator.comparing(RedisDelivery::held));
        List<RedisDelivery> distinct = new ArrayList<>(sorted.size());
        for (RedisDelivery delivery : sorted) {
            if (distinct.isEmpty() || distinct.get(distinct.size() - 1) != delivery) {
                distinct.add(delivery);
            }
        }
        return distinct;
    }

    private List<RedisDelivery> ackAll(Holder holder, List<RedisDelivery> deliveries) {
        List<String> ids = new ArrayList<>(deliveries.size());
        List<Lease> leases = new ArrayList<>(deliveries.size());
        for (RedisDelivery delivery : deliveries) {
            ids.add(delivery.message().id());
            leases.add(delivery.held());
        }
        Operation operation = new Operation("ack", Optional.of(holder.queue()), ids);
        Set<String> stale = new HashSet<>(calls.call(operation, () -> ack(leases)));
        if (stale.isEmpty()) {
            return List.of();
        }
        return deliveries.stream()
                .filter(delivery -> stale.contains(delivery.held().entryId()))
                .toList();
    }

    private record Holder(QueueName queue, String consumer) {

        static Holder of(RedisDelivery delivery) {
            return new Holder(delivery.queue(), delivery.held().consumer());
        }
    }

    /**
     * Acknowledges leases of one queue and one consumer.
     *
     * @param leases in their order, each once
     * @return the ids of the entries that were not held any more
     */
    CompletableFuture<List<String>> ack(List<Lease> leases) {
        Lease any = leases.get(0);
        List<Object> arguments = new ArrayList<>(leases.size() + 2);
        arguments.add(any.keys().group());
        arguments.add(any.consumer());
        for (int from = 0, to = 0; from < leases.size(); from = to) {
            while (to < leases.size()
                    && leases.get(to).read() == leases.get(from).read()) {
                to++;
            }
            arguments.add(to - from);
            leases.subList(from, to).forEach(lease -> arguments.add(lease.entryId()));
        }
        return scripts.run(RedisScript.ACK, List.of(any.keys().stream()), arguments)
                .thenApply(stale -> ((List<?>) stale)
                        .stream()
                                .map(id -> new String((byte[]) id, StandardCharsets.US_ASCII))
                                .toList());
    }

    CompletableFuture<Boolean> nack(Lease lease, Duration delay) {
        RedisKeys keys = lease.keys();
        // Rounded up: a message may come late, and never early.
        long millis = delay.plusNanos(999_999).toMillis();
        return run(
                RedisScript.NACK,
                List.of(keys.stream(), keys.delayed(), keys.dead()),
                List.of(keys.group(), lease.consumer(), lease.entryId(), millis, config.maxAttempts()));
    }

    CompletableFuture<Boolean> release(Lease lease) {
        RedisKeys keys = lease.keys();
        return run(
                RedisScript.RELEASE,
                List.of(keys.stream(), keys.dead()),
                List.of(keys.group(), lease.consumer(), lease.entryId()));
    }

    CompletableFuture<Boolean> reject(Lease lease, String reason) {
        RedisKeys keys = lease.keys();
        return run(
                RedisScript.REJECT,
                List.of(keys.stream(), keys.dead()),
                List.of(keys.group(), lease.consumer(), lease.entryId(), shortened(reason)));
    }

    CompletableFuture<Boolean> extend(Lease lease) {
        RedisKeys keys = lease.keys();
        return run(
                RedisScript.EXTEND, List.of(keys.stream()), List.of(keys.group(), lease.consumer(), lease.entryId()));
    }

    private CompletableFuture<Boolean> run(RedisScript script, List<String> keys, List<?> arguments) {
        return scripts.run(script, keys, arguments).thenApply(Long.valueOf(1)::equals);
    }

    private static String shortened(String reason) {
        return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…";
    }
}
