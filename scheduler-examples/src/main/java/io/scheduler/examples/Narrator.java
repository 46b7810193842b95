package io.scheduler.examples;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.worker.WorkerListener;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Tells what a worker does, and has the example wait until it has come to the end of so many messages. */
final class Narrator implements WorkerListener {

    private final Story story;
    private final Semaphore settled = new Semaphore(0);

    Narrator(Story story) {
        this.story = story;
    }

    /** Waits until so many more messages were done or given up. */
    void await(int messages) throws InterruptedException {
        settled.acquire(messages);
    }

    @Override
    public void onFailed(Delivery delivery, Throwable failure, Duration took) {
        story.say("attempt %d: %s", delivery.attempt(), failure.getMessage());
    }

    @Override
    public void onRetried(Delivery delivery, Duration delay) {
        story.say("           again in %d ms", delay.toMillis());
    }

    @Override
    public void onSucceeded(Delivery delivery, Duration took) {
        story.say("attempt %d: done", delivery.attempt());
        settled.release();
    }

    @Override
    public void onDead(Delivery delivery, String reason) {
        story.say("           given up");
        settled.release();
    }
}
