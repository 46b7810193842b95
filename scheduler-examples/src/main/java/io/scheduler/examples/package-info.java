/**
 * Mains to run and to copy from, each with one idea. Every one works on a machine with a JDK and Maven: where the
 * variable {@code REDIS_URL} names no Redis, it starts a real redis-server of its own and stops it at the end. All are
 * started by one command:
 *
 * <pre>{@code
 * mvn -q test-compile exec:exec -pl scheduler-examples -am -Dexample=QuickStartExample
 * }</pre>
 *
 * <table>
 *   <caption>Which example answers which question</caption>
 *   <tr><th>Example</th><th>Question</th></tr>
 *   <tr><td>{@link io.scheduler.examples.QuickStartExample}</td>
 *       <td>What is the least that I have to write?</td></tr>
 *   <tr><td>{@link io.scheduler.examples.TypedPayloadsExample}</td>
 *       <td>How do my own classes travel, and how do several types share a queue?</td></tr>
 *   <tr><td>{@link io.scheduler.examples.RetryExample}</td>
 *       <td>What happens when my handler fails?</td></tr>
 *   <tr><td>{@link io.scheduler.examples.CrashExample}</td>
 *       <td>What happens when a worker's process dies?</td></tr>
 *   <tr><td>{@link io.scheduler.examples.GracefulShutdownExample}</td>
 *       <td>How do I stop a worker that is busy?</td></tr>
 *   <tr><td>{@link io.scheduler.examples.OwnClientExample}</td>
 *       <td>Can I use the Redisson client that I have?</td></tr>
 *   <tr><td>{@link io.scheduler.examples.MetricsExample}</td>
 *       <td>What can I measure?</td></tr>
 *   <tr><td>{@link io.scheduler.examples.TracingExample}</td>
 *       <td>How do I follow what a request has set off?</td></tr>
 *   <tr><td>{@link io.scheduler.examples.OwnAdapterExample}</td>
 *       <td>Can I use another broker?</td></tr>
 *   <tr><td>{@link io.scheduler.examples.TestingExample}</td>
 *       <td>How do I test my handlers, without Redis and without waiting?</td></tr>
 *   <tr><td>{@link io.scheduler.examples.PublishingExample}</td>
 *       <td>What can I publish, how does it look in Redis, and what happens when Redis dies?</td></tr>
 *   <tr><td>{@link io.scheduler.examples.ConsumingExample}</td>
 *       <td>How do I receive and settle without a worker?</td></tr>
 *   <tr><td>{@link io.scheduler.examples.DelayExample}</td>
 *       <td>How does a message wait for its time?</td></tr>
 *   <tr><td>{@link io.scheduler.examples.DeadLetterExample}</td>
 *       <td>What do I do with messages that were given up?</td></tr>
 *   <tr><td>{@link io.scheduler.examples.HealthExample}</td>
 *       <td>What is wrong with my Redis, and with my queues?</td></tr>
 * </table>
 *
 * <p>How fast the queue is, and what it costs, is measured by {@link io.scheduler.examples.benchmark.Benchmarks}; what
 * a million messages leave in memory is shown by {@link io.scheduler.examples.benchmark.MemoryBenchmark}.
 */
package io.scheduler.examples;
