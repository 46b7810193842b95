/**
 * An adapter of one's own: {@link io.scheduler.core.queue.MessageQueue} on a relational database, to read and to copy
 * from. {@code docs/writing-an-adapter.md} tells how it came about.
 *
 * <p>{@link io.scheduler.examples.jdbc.JdbcMessageQueue} is the door. Behind it each role has a file: the publisher,
 * the receiver, the settlement of deliveries, the dead letters and the queues hold the SQL; {@code Database} runs it in
 * transactions, {@code SqlErrors} says what a failure means, {@code SqlDialect} and {@code schema.sql} know the
 * database, and {@code Bell} wakes whoever waits.
 */
package io.scheduler.examples.jdbc;
