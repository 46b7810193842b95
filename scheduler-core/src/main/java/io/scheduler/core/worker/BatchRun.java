package io.scheduler.core.worker;

import io.scheduler.core.message.MessageType;
import io.scheduler.core.message.PayloadException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Several messages of one type for one handler.
 *
 * @param <T> the payload's Java type
 */
final class BatchRun<T> extends HandlerRun {

    private final MessageType<T> type;
    private final BatchHandler<? super T> handler;
    private final RetryPolicy policy;
    private final List<BatchItem<T>> items = new ArrayList<>();

    BatchRun(
            List<HeldDelivery> held,
            MessageType<T> type,
            BatchHandler<? super T> handler,
            RetryPolicy policy,
            End end) {
        super(held, end);
        this.type = type;
        this.handler = handler;
        this.policy = policy;
    }

    @Override
    void call() throws Exception {
        for (HeldDelivery held : held()) {
            try {
                T payload = held.delivery().message().payload(type);
                items.add(new BatchItem<>(held, payload, new RunContext(this, held, policy)));
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
    List<HeldDelivery> succeed(Duration took) {
        failThoseThatFailedAlone(took);
        return items.stream().map(BatchItem::held).filter(HeldDelivery::claim).toList();
    }

    @Override
    void fail(Throwable failure, String reason, Duration took) {
        failThoseThatFailedAlone(took);
        for (HeldDelivery held : held()) {
            held.fail(failure, reason, policy, took);
        }
    }

    private void failThoseThatFailedAlone(Duration took) {
        for (BatchItem<T> item : items) {
            item.failure().ifPresent(cause -> item.held().fail(cause, HeldDelivery.describe(cause), policy, took));
        }
    }
}
