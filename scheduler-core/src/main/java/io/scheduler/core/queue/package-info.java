/**
 * The queue port: what a program may ask of a message queue, whatever technology is behind it.
 *
 * <p>{@link io.scheduler.core.queue.MessageQueue} is the whole port. Its roles are separate interfaces, so that code
 * which only publishes can say so: {@link io.scheduler.core.queue.MessagePublisher},
 * {@link io.scheduler.core.queue.MessageConsumer}, {@link io.scheduler.core.queue.QueueAdmin} and
 * {@link io.scheduler.core.queue.DeadLetters}. A queue is named by a {@link io.scheduler.core.queue.QueueName}, checked
 * once. Receiving gives {@link io.scheduler.core.queue.Delivery deliveries}, each of which is settled once.
 *
 * <p>A call that fails throws one of the sealed {@link io.scheduler.core.queue.QueueException} family, and each member
 * says whether the operation was <em>not done</em>, <em>refused</em>, or whether that is <em>unknown</em>.
 *
 * <p>Decorators extend {@link io.scheduler.core.queue.ForwardingMessageQueue} and
 * {@link io.scheduler.core.queue.ForwardingDelivery}.
 */
package io.scheduler.core.queue;
