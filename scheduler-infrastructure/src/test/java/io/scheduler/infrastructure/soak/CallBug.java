package io.scheduler.infrastructure.soak;

import static io.scheduler.infrastructure.soak.PlantedBug.deliveries;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.soak.Law;
import io.scheduler.infrastructure.soak.BrokenQueue.BrokenDelivery;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Mistakes in how calls end, and what they leave behind. */
enum CallBug implements PlantedBug {
    A_CALL_TAKES_TOO_LONG(
            Law.ENDS_IN_TIME,
            sometimes -> deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public boolean extendLease() {
                    if (sometimes.isNext(10)) {
                        waitFor(InMemorySoakSubject.CALLS_END_WITHIN.plusMillis(200));
                    }
                    return super.extendLease();
                }
            })),

    AN_ERROR_IS_NOT_ONE_OF_THE_PORT(
            Law.ENDS_AS_PROMISED,
            sometimes -> deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public boolean nack(Duration delay) {
                    if (sometimes.isNext(20)) {
                        throw new IllegalStateException("connection reset");
                    }
                    return super.nack(delay);
                }
            })),

    A_CLOSED_QUEUE_LEAVES_A_THREAD_BEHIND(Law.THREADS_END, sometimes -> queue -> {
        Thread thread = new Thread(() -> waitFor(Duration.ofSeconds(20)), "left-behind");
        thread.setDaemon(true);
        thread.start();
        return queue;
    });

    private final Law law;
    private final Planting planting;

    CallBug(Law law, Planting planting) {
        this.law = law;
        this.planting = planting;
    }

    @Override
    public Law law() {
        return law;
    }

    @Override
    public UnaryOperator<MessageQueue> plant() {
        return planting.plant(new Sometimes());
    }

    private static void waitFor(Duration time) {
        try {
            new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
