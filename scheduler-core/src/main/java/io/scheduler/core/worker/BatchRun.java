package io.scheduler.core.worker;

import io.scheduler.core.message.MessageType;
import io.scheduler.core.message.PayloadException;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Several messages of one type for one handler.
 *
 * @param <T> the payload's Java type
 */
final class BatchRun<T> extends HandlerRun {

    private final MessageConsumer consumer;
    private final MessageType<T> type;
    private final BatchHandler<? super T> handler;
    private final Routes routes;
    private final List<BatchItem<T>> items = new ArrayList<>();

    BatchRun(
            List<HeldDelivery> held,
            MessageConsumer consumer,
            MessageType<T> type,
            BatchHandler<? super T> handler,
            Routes routes,
            Consumer<HandlerRun> ended) {
        super(held, ended);
        this.consumer = consumer;
        this.type = type;
        this.handler = handler;
        this.routes = routes;
    }

    @Override
    void call() throws Exception {
        for (HeldDelivery held : held()) {
            try {
                items.add(new BatchItem<>(held, held.delivery().message().payload(type)));
            } catch (PayloadException e) {
                // Not the others' fault: it goes to the dead letters alone.
                held.fail(e, e.getMessage(), RetryPolicy.never(), Duration.ZERO);
            }
        }
        if (!items.isEmpty()) {
            @SuppressWarnings("unchecked") // a handler of a supertype only takes items out
            BatchHandler<T> exact = (BatchHandler<T>) handler;
            exact.handle(List.copyOf(items));
        }
    }

    @Override
    void succeed(Duration took) {
        failThoseThatFailedAlone(took);
        List<BatchItem<T>> done =
                items.stream().filter(item -> item.held().claim()).toList();
        if (!done.isEmpty()) {
            done.get(0).held().settle(() -> acknowledge(done, took));
        }
    }

    @Override
    void fail(Throwable failure, String reason, Duration took) {
        failThoseThatFailedAlone(took);
        for (HeldDelivery held : held()) {
            held.fail(failure, reason, routes.policyFor(held.delivery().message()), took);
        }
    }

    private void failThoseThatFailedAlone(Duration took) {
        for (BatchItem<T> item : items) {
            item.failure()
                    .ifPresent(cause -> item.held()
                            .fail(cause, HeldDelivery.describe(cause), routes.policyFor(item.message()), took));
        }
    }

    private void acknowledge(List<BatchItem<T>> done, Duration took) {
        Set<Delivery> stale = new HashSet<>(consumer.ackAll(
                done.stream().map(item -> item.held().delivery()).toList()));
        for (BatchItem<T> item : done) {
            item.held().acknowledged(!stale.contains(item.held().delivery()), took);
        }
    }
}
