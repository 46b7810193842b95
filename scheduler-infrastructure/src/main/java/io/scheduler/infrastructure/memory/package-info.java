/**
 * The queue port without a server: {@link io.scheduler.infrastructure.memory.InMemoryMessageQueue}.
 *
 * <p>It keeps the same contract as the adapters that talk to a broker, and takes its time from a clock that a test can
 * turn. Messages live as long as the process.
 *
 * <p>Inside, {@code MessageEncoder} gives a message its stored form, {@code MemoryQueue} is the state of one queue, and
 * {@code SeenIds} is what that queue remembers for deduplication. They are guarded by the one lock of the adapter.
 */
package io.scheduler.infrastructure.memory;
