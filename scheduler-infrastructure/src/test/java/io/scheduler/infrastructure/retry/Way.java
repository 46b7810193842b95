package io.scheduler.infrastructure.retry;

import io.scheduler.core.queue.MessageQueue;
import java.util.concurrent.ExecutionException;

/** The two ways to publish, which have to behave alike. */
enum Way {
    BLOCKING {
        @Override
        void publish(MessageQueue queue) {
            queue.publish(RetryingAroundMemory.EMAILS, RetryingAroundMemory.MESSAGE);
        }
    },
    ASYNC {
        @Override
        void publish(MessageQueue queue) {
            try {
                queue.publishAsync(RetryingAroundMemory.EMAILS, RetryingAroundMemory.MESSAGE)
                        .get();
            } catch (ExecutionException e) {
                throw (RuntimeException) e.getCause();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    };

    abstract void publish(MessageQueue queue);
}
