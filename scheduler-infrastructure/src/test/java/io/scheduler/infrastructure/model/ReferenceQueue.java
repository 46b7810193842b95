package io.scheduler.infrastructure.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.QueueStats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One queue as docs/delivery-contract.md describes it, in plain lists: no threads, no atomic steps, nothing fast. Where
 * the contract decides, it tells the only right answer; where the contract leaves a choice, it takes what the queue
 * under test did, if that was allowed, and goes on from there. What is not allowed is an {@link AssertionError}.
 */
final class ReferenceQueue {

    /** Each publication has a payload of its own, by which it is told from others with the same id. */
    static final MessageType<String> TEXT = MessageType.of("model.text", String.class);

    /** Where a message stands among those that are ready. */
    private enum Place {
        /** Behind everything that was put at the end of the queue before it. */
        AT_THE_END,
        /** Among those that were delayed when they were published, by the times at which they become ready. */
        BY_TIME,
        /** Anywhere: it was delivered before, or the contract does not say. */
        ANYWHERE
    }

    /** Whether a delivery can be settled. */
    private enum Validity {
        VALID,
        STALE,
        /** Its lease is over, and nobody else has the message yet: rule 5.2 allows both. */
        OPEN
    }

    static final class Entry {
        private final Message message;
        private final String text;
        private Place place;
        private Instant readyAt;
        private int attempts;
        private int retries;
        private Optional<Handed> holder = Optional.empty();
        private Instant leaseEnd = Instant.MIN;

        private Entry(Message message, Place place, Instant readyAt) {
            this.message = message;
            this.text = message.payload(TEXT);
            this.place = place;
            this.readyAt = readyAt;
        }

        private void wait(Place where, Instant until) {
            holder = Optional.empty();
            place = where;
            readyAt = until;
        }

        private void requireSame(Message actual) {
            assertThat(actual.payload(TEXT)).as("payload of %s", this).isEqualTo(text);
            assertThat(actual.withPayload(message.payload()))
                    .as("message of %s", this)
                    .isEqualTo(message.withRetryCount(retries));
        }

        @Override
        public String toString() {
            return message.id() + "/" + text;
        }
    }

    private static final class Letter {
        private final Entry entry;
        private final int deaths;
        private final Predicate<String> reason;
        private Optional<String> id = Optional.empty();

        /** Letters with the same number died in one step, in whatever order. */
        private Letter(Entry entry, int deaths, Predicate<String> reason) {
            this.entry = entry;
            this.deaths = deaths;
            this.reason = reason;
        }

        @Override
        public String toString() {
            return entry.toString();
        }
    }

    private final Pace pace;
    private final Supplier<Instant> clock;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Letter> dead = new ArrayList<>();
    private final Map<String, Instant> storedAt = new HashMap<>();
    private boolean exists;
    private int deaths;

    ReferenceQueue(Pace pace, Supplier<Instant> clock) {
        this.pace = pace;
        this.clock = clock;
    }

    boolean exists() {
        return exists;
    }

    long size() {
        return entries.size();
    }

    boolean create() {
        boolean created = !exists;
        exists = true;
        return created;
    }

    boolean delete() {
        boolean deleted = exists;
        exists = false;
        entries.clear();
        dead.clear();
        storedAt.clear();
        return deleted;
    }

    long purge() {
        long purged = entries.size();
        entries.clear();
        return purged;
    }

    /** Rules 1.3 to 1.8; times are told as the delay from now. */
    void publish(Message message, Duration delay) {
        exists = true;
        Instant now = clock.get();
        Optional<Instant> before = Optional.ofNullable(storedAt.get(message.id()));
        if (before.isPresent() && before.get().plus(pace.deduplicationWindow()).isAfter(now)) {
            return;
        }
        storedAt.put(message.id(), now);
        boolean ahead = delay.compareTo(Duration.ZERO) > 0;
        entries.add(new Entry(message, ahead ? Place.BY_TIME : Place.AT_THE_END, ahead ? now.plus(delay) : now));
    }

    /** Rules 3.1 to 3.4, 4.1, 4.2 and 6.5: checks what was received, and hands it out. */
    List<Handed> receive(int max, List<Delivery> received, int consumer, int queue) {
        exists = true;
        buryExhausted();
        List<Entry> ready = entries.stream()
                .filter(entry -> isReady(entry) || isExpired(entry))
                .toList();
        assertThat(received)
                .as("how many of the %d messages that are ready: %s", ready.size(), ready)
                .hasSize(Math.min(max, ready.size()));
        List<Entry> taken = new ArrayList<>();
        List<Handed> handed = new ArrayList<>();
        for (Delivery delivery : received) {
            String text = delivery.message().payload(TEXT);
            Entry entry = ready.stream()
                    .filter(candidate -> candidate.text.equals(text) && !taken.contains(candidate))
                    .findFirst()
                    .orElseThrow(() ->
                            new AssertionError("Received " + delivery.message().id() + "/" + text
                                    + ", which is not ready: ready are " + ready + ", taken before were " + taken));
            entry.requireSame(delivery.message());
            assertThat(delivery.attempt()).as("attempt of %s", entry).isEqualTo(entry.attempts + 1);
            taken.add(entry);
            handed.add(new Handed(delivery, entry, consumer, queue));
        }
        requireOrder(ready, taken);
        for (Handed delivery : handed) {
            Entry entry = delivery.entry();
            entry.attempts++;
            entry.place = Place.ANYWHERE;
            entry.holder = Optional.of(delivery);
            entry.leaseEnd = clock.get().plus(pace.lease());
        }
        return handed;
    }

    /** Rule 5.2: checks whether this answer to a settlement is allowed. */
    void requireAllowed(Handed handed, boolean owned) {
        Validity validity = validity(handed);
        if (validity != Validity.OPEN) {
            assertThat(owned)
                    .as("whether a delivery of %s owned it, which is %s", handed.entry(), validity)
                    .isEqualTo(validity == Validity.VALID);
        }
    }

    void ack(Handed handed) {
        entries.remove(handed.entry());
    }

    void nack(Handed handed, Duration delay) {
        Entry entry = handed.entry();
        if (entry.attempts >= pace.maxAttempts()) {
            String number = String.valueOf(entry.attempts);
            deaths++;
            bury(entry, reason -> reason.contains(number) && !reason.contains("lease"));
        } else {
            entry.retries++;
            entry.wait(Place.ANYWHERE, clock.get().plus(delay));
        }
    }

    /** Rule 6.12. */
    void release(Handed handed) {
        Entry entry = handed.entry();
        entry.attempts--;
        entry.wait(Place.ANYWHERE, clock.get());
    }

    void reject(Handed handed, String why) {
        deaths++;
        bury(handed.entry(), why::equals);
    }

    void extendLease(Handed handed) {
        handed.entry().leaseEnd = clock.get().plus(pace.lease());
    }

    /** Rule 6.8. */
    long redrive(int max) {
        List<Letter> first = List.copyOf(dead.subList(0, Math.min(max, dead.size())));
        first.forEach(letter -> revive(letter, Place.AT_THE_END));
        return first.size();
    }

    /** Rule 6.9, which leaves the order open. */
    long redrive(Collection<String> ids) {
        List<Letter> named = dead.stream()
                .filter(letter -> ids.contains(letter.id.orElseThrow()))
                .toList();
        named.forEach(letter -> revive(letter, Place.ANYWHERE));
        return named.size();
    }

    long purgeDeadLetters() {
        long purged = dead.size();
        dead.clear();
        return purged;
    }

    /** Rules 1.8, 2.3, 2.7 and 2.11. */
    void requireStats(QueueStats stats) {
        if (!exists) {
            assertThat(stats).as("stats of a queue that does not exist").isEqualTo(QueueStats.EMPTY);
            return;
        }
        long ready = entries.stream().filter(this::isReady).count();
        long expired = entries.stream().filter(this::isExpired).count();
        long delayed = entries.stream()
                .filter(entry -> entry.holder.isEmpty() && !isReady(entry))
                .count();
        assertThat(stats.dead()).as("dead").isEqualTo(dead.size());
        assertThat(stats.delayed()).as("delayed").isEqualTo(delayed);
        assertThat(stats.ready()).as("ready").isBetween(ready, ready + expired);
        assertThat(stats.size()).as("size").isEqualTo(entries.size());
        assertThat(stats.oldestReadyAge().isPresent())
                .as("whether there is an age of the oldest of %d ready messages", stats.ready())
                .isEqualTo(stats.ready() > 0);
        if (pace.exact() && expired == 0) {
            assertThat(stats.oldestReadyAge())
                    .as("age of the oldest ready message")
                    .isEqualTo(entries.stream()
                            .filter(this::isReady)
                            .map(entry -> Duration.between(entry.readyAt, clock.get()))
                            .max(Comparator.naturalOrder()));
        }
        long holders = entries.stream()
                .filter(entry -> !isExpired(entry))
                .flatMap(entry -> entry.holder.stream())
                .map(Handed::consumer)
                .distinct()
                .count();
        assertThat(stats.consumers()).as("consumers").isBetween((int) holders, Subject.CONSUMERS);
    }

    /** Rules 6.4 to 6.6: checks all letters of the queue, and remembers their ids. */
    void requireDeadLetters(List<DeadLetter> letters) {
        letters.stream().map(ReferenceQueue::text).forEach(this::buryEarly);
        assertThat(letters).as("dead letters: %s", dead).hasSize(dead.size());
        for (int i = 0; i < letters.size(); i++) {
            DeadLetter actual = letters.get(i);
            Collections.swap(dead, i, indexAmongTheDead(i, actual));
            Letter letter = dead.get(i);
            letter.entry.requireSame(actual.message().orElseThrow());
            assertThat(actual.attempts()).as("attempts of %s", letter).isEqualTo(letter.entry.attempts);
            assertThat(actual.reason()).as("reason of %s", letter).matches(letter.reason);
            assertThat(actual.id()).as("id of letter %s", letter).isEqualTo(letter.id.orElse(actual.id()));
            letter.id = Optional.of(actual.id());
        }
    }

    private int indexAmongTheDead(int from, DeadLetter actual) {
        String text = text(actual);
        for (int i = from; i < dead.size() && dead.get(i).deaths == dead.get(from).deaths; i++) {
            if (dead.get(i).entry.text.equals(text)) {
                return i;
            }
        }
        throw new AssertionError("Dead letter " + from + " is " + text + "; in the order of their deaths: " + dead);
    }

    private boolean isReady(Entry entry) {
        return entry.holder.isEmpty() && !entry.readyAt.isAfter(clock.get());
    }

    private boolean isExpired(Entry entry) {
        return entry.holder.isPresent() && entry.leaseEnd.isBefore(clock.get());
    }

    private boolean isExhausted(Entry entry) {
        return isExpired(entry) && entry.attempts >= pace.maxAttempts();
    }

    private static String text(DeadLetter letter) {
        return letter.message()
                .map(message -> message.payload(TEXT))
                .orElseThrow(() -> new AssertionError("A dead letter without a message: " + letter));
    }

    private Validity validity(Handed handed) {
        Entry entry = handed.entry();
        boolean holds = entry.holder.filter(holder -> holder == handed).isPresent();
        if (!holds || !entries.contains(entry)) {
            return Validity.STALE;
        }
        return isExpired(entry) ? Validity.OPEN : Validity.VALID;
    }

    /** First deliveries, and what was put at the end of the queue again, come in order, and none is passed over. */
    private static void requireOrder(List<Entry> ready, List<Entry> taken) {
        List<Entry> inOrder =
                taken.stream().filter(entry -> entry.place == Place.AT_THE_END).toList();
        assertThat(inOrder)
                .as("in the order of publication")
                .isEqualTo(ready.stream()
                        .filter(entry -> entry.place == Place.AT_THE_END)
                        .limit(inOrder.size())
                        .toList());
        List<Instant> byTime = taken.stream()
                .filter(entry -> entry.place == Place.BY_TIME)
                .map(entry -> entry.readyAt)
                .toList();
        assertThat(byTime)
                .as("times of what was delayed")
                .isEqualTo(ready.stream()
                        .filter(entry -> entry.place == Place.BY_TIME)
                        .map(entry -> entry.readyAt)
                        .sorted()
                        .limit(byTime.size())
                        .toList());
    }

    /** At the latest now. */
    private void buryExhausted() {
        deaths++;
        entries.stream().filter(this::isExhausted).toList().forEach(this::buryExhausted);
    }

    /** Nobody has to receive for that: rule 6.5 tells only by when it has to be done. */
    private void buryEarly(String text) {
        deaths++;
        entries.stream()
                .filter(entry -> entry.text.equals(text) && isExhausted(entry))
                .toList()
                .forEach(this::buryExhausted);
    }

    private void buryExhausted(Entry entry) {
        String number = String.valueOf(entry.attempts);
        bury(entry, reason -> reason.contains(number) && reason.contains("lease"));
    }

    private void bury(Entry entry, Predicate<String> reason) {
        entry.holder = Optional.empty();
        entries.remove(entry);
        dead.add(new Letter(entry, deaths, reason));
    }

    private void revive(Letter letter, Place place) {
        dead.remove(letter);
        letter.entry.attempts = 0;
        letter.entry.wait(place, clock.get());
        entries.add(letter.entry);
    }
}
