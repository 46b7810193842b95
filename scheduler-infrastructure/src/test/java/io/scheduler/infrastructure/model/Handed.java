package io.scheduler.infrastructure.model;

import io.scheduler.core.queue.Delivery;

/**
 * A delivery that the queue under test has made, and the message that it is of in the model.
 *
 * @param delivery the delivery
 * @param entry the message
 * @param consumer which queue object received it
 * @param queue which queue it came from
 */
record Handed(Delivery delivery, ReferenceQueue.Entry entry, int consumer, int queue) {}
