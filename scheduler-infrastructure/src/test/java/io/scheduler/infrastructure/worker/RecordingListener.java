package io.scheduler.infrastructure.worker;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.worker.WorkerListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a worker tells. */
final class RecordingListener implements WorkerListener {

    private final List<String> events = new CopyOnWriteArrayList<>();

    List<String> events() {
        return events;
    }

    @Override
    public void onReceived(Delivery delivery) {
        events.add("received " + delivery.attempt());
    }

    @Override
    public void onStarted(Delivery delivery) {
        events.add("started");
    }

    @Override
    public void onSucceeded(Delivery delivery, Duration took) {
        events.add("succeeded");
    }

    @Override
    public void onFailed(Delivery delivery, Throwable failure, Duration took) {
        events.add("failed " + failure.getMessage());
    }

    @Override
    public void onRetried(Delivery delivery, Duration delay) {
        events.add("retried");
    }

    @Override
    public void onReleased(Delivery delivery) {
        events.add("released");
    }

    @Override
    public void onDead(Delivery delivery, String reason) {
        events.add("dead " + reason);
    }

    @Override
    public void onLeaseLost(Delivery delivery) {
        events.add("lease lost");
    }

    @Override
    public void onError(Throwable failure) {
        events.add("error " + failure.getClass().getSimpleName());
    }
}
