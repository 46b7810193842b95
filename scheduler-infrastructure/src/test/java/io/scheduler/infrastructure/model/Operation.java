package io.scheduler.infrastructure.model;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import java.time.Duration;
import java.util.List;

/**
 * Something that a program does with a queue. Each is complete in itself, so that any part of a sequence is a sequence
 * too: consumers and queues are numbers, and earlier deliveries and dead letters are picked by how long ago they were
 * seen, counted round and round.
 */
sealed interface Operation {

    /** Does it to the queue under test and to the model, and compares what they answer. */
    void on(Trial trial);

    record Publish(int consumer, int queue, Draft draft) implements Operation {
        @Override
        public void on(Trial trial) {
            trial.publish(consumer, queue, List.of(draft), (port, name, made) -> port.publish(name, made.get(0)));
        }
    }

    record PublishAll(int consumer, int queue, List<Draft> drafts) implements Operation {
        @Override
        public void on(Trial trial) {
            trial.publish(consumer, queue, drafts, MessageQueue::publishAll);
        }
    }

    record Receive(int consumer, int queue, int max) implements Operation {
        @Override
        public void on(Trial trial) {
            trial.receive(consumer, queue, max);
        }
    }

    record Ack(int pick) implements Operation {
        @Override
        public void on(Trial trial) {
            trial.settle(pick, "ack()", Delivery::ack, ReferenceQueue::ack);
        }
    }

    record Nack(int pick, Duration delay) implements Operation {
        @Override
        public void on(Trial trial) {
            trial.settle(
                    pick,
                    "nack(" + delay + ")",
                    delivery -> delivery.nack(delay),
                    (model, handed) -> model.nack(handed, delay));
        }
    }

    record Release(int pick) implements Operation {
        @Override
        public void on(Trial trial) {
            trial.settle(pick, "release()", Delivery::release, ReferenceQueue::release);
        }
    }

    record Reject(int pick, String reason) implements Operation {
        @Override
        public void on(Trial trial) {
            trial.settle(
                    pick,
                    "reject(" + reason + ")",
                    delivery -> delivery.reject(reason),
                    (model, handed) -> model.reject(handed, reason));
        }
    }

    record ExtendLease(int pick) implements Operation {
        @Override
        public void on(Trial trial) {
            trial.settle(pick, "extendLease()", Delivery::extendLease, ReferenceQueue::extendLease);
        }
    }

    /** Strangers are deliveries of another queue object, which are refused. */
    record AckAll(int consumer, List<Integer> picks, boolean strangersToo) implements Operation {
        @Override
        public void on(Trial trial) {
            trial.ackAll(consumer, picks, strangersToo);
        }
    }

    record Create(int consumer, int queue) implements Operation {
        @Override
        public void on(Trial trial) {
            trial.ask(consumer, queue, "create", MessageQueue::create, ReferenceQueue::create);
        }
    }

    record Delete(int consumer, int queue) implements Operation {
        @Override
        public void on(Trial trial) {
            trial.ask(consumer, queue, "delete", MessageQueue::delete, ReferenceQueue::delete);
        }
    }

    record Purge(int consumer, int queue) implements Operation {
        @Override
        public void on(Trial trial) {
            trial.ask(consumer, queue, "purge", MessageQueue::purge, ReferenceQueue::purge);
        }
    }

    record Redrive(int consumer, int queue, int max) implements Operation {
        @Override
        public void on(Trial trial) {
            trial.ask(
                    consumer,
                    queue,
                    "redrive up to " + max,
                    (port, name) -> port.redrive(name, max),
                    model -> model.redrive(max));
        }
    }

    record RedriveSome(int consumer, int queue, List<Integer> picks) implements Operation {
        @Override
        public void on(Trial trial) {
            List<String> ids = trial.letterIds(queue, picks);
            trial.ask(
                    consumer,
                    queue,
                    "redrive " + ids,
                    (port, name) -> port.redrive(name, ids),
                    model -> model.redrive(ids));
        }
    }

    record PurgeDeadLetters(int consumer, int queue) implements Operation {
        @Override
        public void on(Trial trial) {
            trial.ask(
                    consumer,
                    queue,
                    "purgeDeadLetters",
                    MessageQueue::purgeDeadLetters,
                    ReferenceQueue::purgeDeadLetters);
        }
    }

    record Pass(Duration time) implements Operation {
        @Override
        public void on(Trial trial) {
            trial.pass(time);
        }
    }
}
