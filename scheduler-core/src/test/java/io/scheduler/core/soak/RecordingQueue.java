package io.scheduler.core.soak;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.ForwardingMessageQueue;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;

/** A queue object that writes every call and every delivery into the history. */
final class RecordingQueue extends ForwardingMessageQueue {

    private final int number;
    private final OpenedQueue opened;
    private final Duration closesWithin;
    private final Supplier<History> history;

    /** @param history the one to write into now */
    RecordingQueue(int number, OpenedQueue opened, Duration closesWithin, Supplier<History> history) {
        this.number = number;
        this.opened = opened;
        this.closesWithin = closesWithin;
        this.history = history;
    }

    int number() {
        return number;
    }

    @Override
    protected MessageQueue delegate() {
        return opened.queue();
    }

    @Override
    public void publish(QueueName queue, Message message) {
        Call call = publishing("", List.of(message));
        ending(call, () -> {
            super.publish(queue, message);
            return Outcome.DONE;
        });
    }

    @Override
    public CompletableFuture<Void> publishAsync(QueueName queue, Message message) {
        History now = history.get();
        Call call = publishing("async", List.of(message));
        return super.publishAsync(queue, message).whenComplete((done, failure) -> {
            if (failure == null) {
                call.end(now.now(), Outcome.DONE);
            } else {
                call.fail(now.now(), failure instanceof CompletionException e ? e.getCause() : failure);
            }
        });
    }

    @Override
    public void publishAll(QueueName queue, List<Message> messages) {
        Call call = publishing("list of " + messages.size(), messages);
        ending(call, () -> {
            super.publishAll(queue, messages);
            return Outcome.DONE;
        });
    }

    @Override
    public List<Delivery> receive(QueueName queue, int maxDeliveries, Duration maxWait) {
        History now = history.get();
        Call call = now.begin(Call.Kind.RECEIVE, "", number, maxWait.plus(opened.callsEndWithin()));
        List<Delivery> received = new ArrayList<>();
        ending(call, () -> {
            List<Delivery> deliveries = super.receive(queue, maxDeliveries, maxWait);
            Moment moment = now.now();
            for (Delivery delivery : deliveries) {
                Handout handout = new Handout(
                        call, moment, delivery.message(), delivery.attempt(), delivery.lease(), opened.repeatsCalls());
                now.handedOut(handout);
                received.add(new RecordingDelivery(this, delivery, handout));
            }
            return Outcome.DONE;
        });
        return received;
    }

    @Override
    public List<Delivery> ackAll(Collection<? extends Delivery> deliveries) {
        Call call = begin(Call.Kind.ACK, "list of " + deliveries.size());
        Map<Delivery, RecordingDelivery> originals = new IdentityHashMap<>();
        Map<RecordingDelivery, Settlement> settlements = new IdentityHashMap<>();
        for (Delivery delivery : deliveries) {
            RecordingDelivery ours = (RecordingDelivery) delivery;
            originals.put(ours.delegate(), ours);
            settlements.put(ours, ours.settling(call, Duration.ZERO));
        }
        List<Delivery> stale = new ArrayList<>();
        try {
            ending(call, () -> {
                super.ackAll(originals.keySet()).forEach(original -> stale.add(originals.get(original)));
                return Outcome.DONE;
            });
        } catch (RuntimeException e) {
            // Of several some may have been done, whatever the error says of the rest.
            Outcome each = deliveries.size() == 1 ? call.outcome() : Outcome.UNKNOWN;
            settlements.values().forEach(settlement -> settlement.end(each));
            throw e;
        }
        Set<Delivery> found = new HashSet<>(stale);
        settlements.forEach((delivery, settlement) -> {
            settlement.end(found.contains(delivery) ? Outcome.STALE : Outcome.DONE);
            history.get().settled(settlement);
        });
        return stale;
    }

    @Override
    public QueueStats stats(QueueName queue) {
        return asking("stats", () -> super.stats(queue));
    }

    @Override
    public List<DeadLetter> deadLetters(QueueName queue, String afterId, int max) {
        return asking("dead letters", () -> super.deadLetters(queue, afterId, max));
    }

    @Override
    public long redrive(QueueName queue, int max) {
        return asking("redrive", () -> super.redrive(queue, max));
    }

    @Override
    public void close() {
        closing("", opened.queue()::close);
    }

    /** Ends it without a good-bye. */
    void crash() {
        closing("by a crash", opened.crash());
    }

    /** One settlement of one delivery; what it answers becomes the outcome. */
    boolean settle(
            Call.Kind kind,
            String detail,
            Duration delay,
            RecordingDelivery delivery,
            Function<Delivery, Boolean> how) {
        Call call = begin(kind, detail);
        Settlement settlement = delivery.settling(call, delay);
        try {
            ending(call, () -> how.apply(delivery.delegate()) ? Outcome.DONE : Outcome.STALE);
        } finally {
            settlement.end(call.outcome());
            history.get().settled(settlement);
        }
        return call.outcome() == Outcome.DONE;
    }

    private <T> T asking(String what, Supplier<T> question) {
        List<T> answer = new ArrayList<>();
        ending(begin(Call.Kind.ADMIN, what), () -> {
            answer.add(question.get());
            return Outcome.DONE;
        });
        return answer.get(0);
    }

    private void closing(String detail, Runnable how) {
        Call call = history.get().begin(Call.Kind.CLOSE, detail, number, closesWithin);
        ending(call, () -> {
            how.run();
            return Outcome.DONE;
        });
    }

    private Call publishing(String detail, List<Message> messages) {
        Call call = begin(Call.Kind.PUBLISH, detail);
        messages.forEach(message -> history.get().publishing(message, call));
        return call;
    }

    private Call begin(Call.Kind kind, String detail) {
        return history.get().begin(kind, detail, number, opened.callsEndWithin());
    }

    private void ending(Call call, Supplier<Outcome> action) {
        History now = history.get();
        try {
            Outcome outcome = action.get();
            call.end(now.now(), outcome);
        } catch (RuntimeException | Error e) {
            call.fail(now.now(), e);
            throw e;
        }
    }
}
