package io.scheduler.core.queue.contract;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import java.time.Duration;
import java.util.List;

/** Every call that only the owner of a message may make. Each returns whether the delivery still owned it. */
enum Settlement {
    ACK {
        @Override
        boolean of(Delivery delivery, MessageQueue queue) {
            return delivery.ack();
        }
    },
    ACK_ALL {
        @Override
        boolean of(Delivery delivery, MessageQueue queue) {
            return queue.ackAll(List.of(delivery)).isEmpty();
        }
    },
    NACK {
        @Override
        boolean of(Delivery delivery, MessageQueue queue) {
            return delivery.nack();
        }
    },
    NACK_WITH_DELAY {
        @Override
        boolean of(Delivery delivery, MessageQueue queue) {
            return delivery.nack(Duration.ofHours(1));
        }
    },
    RELEASE {
        @Override
        boolean of(Delivery delivery, MessageQueue queue) {
            return delivery.release();
        }
    },
    REJECT {
        @Override
        boolean of(Delivery delivery, MessageQueue queue) {
            return delivery.reject("of no use");
        }
    },
    EXTEND_LEASE {
        @Override
        boolean of(Delivery delivery, MessageQueue queue) {
            return delivery.extendLease();
        }
    };

    /** Makes the call, on a delivery that came from that queue object. */
    abstract boolean of(Delivery delivery, MessageQueue queue);
}
