/**
 * The queue port without a server: {@link io.scheduler.infrastructure.memory.InMemoryMessageQueue}.
 *
 * <p>It keeps the same contract as the adapters that talk to a broker, and takes its time from a clock that a test can
 * turn, such as {@link io.scheduler.infrastructure.memory.ManualClock}. Messages live as long as the process. Several
 * queue objects may share an {@link io.scheduler.infrastructure.memory.InMemoryBroker}, as programs share a server.
 *
 * <p>Inside, {@code Session} is one queue object's way to the broker, whose one lock guards everything.
 * {@code PayloadEncoder} gives a message its stored form, {@code MemoryQueue} is the state of one queue, made of
 * {@code Entry}s that wait, {@code Lease}s on those that are in flight, {@code MemoryDeadLetters}, and {@code SeenIds},
 * which it remembers for deduplication.
 */
package io.scheduler.infrastructure.memory;
