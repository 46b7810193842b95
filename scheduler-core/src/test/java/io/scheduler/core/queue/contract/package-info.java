/**
 * The delivery contract as tests: what {@code docs/delivery-contract.md} states, proven for any adapter or decorator.
 *
 * <p>There is one abstract class for each aspect, and each of its tests cites the {@link Rule} it proves. An adapter's
 * test has one {@code @Nested} class for each aspect, which supplies nothing but construction:
 *
 * <pre>{@code
 * class MyMessageQueueTest {
 *
 *     static final MessageQueue QUEUE = open();
 *
 *     @AfterAll
 *     static void close() {
 *         QUEUE.close();
 *     }
 *
 *     @Nested
 *     class Publishing extends PublishingContract {
 *         @Override
 *         protected MessageQueue queue() {
 *             return QUEUE;
 *         }
 *     }
 *
 *     @Nested
 *     class Closing extends ClosingContract {
 *         @Override
 *         protected MessageQueue newQueue() {
 *             return open();
 *         }
 *     }
 *
 *     // … and so on; this test tells which aspects are missing:
 *     @Test
 *     void provesEveryAspect() {
 *         ContractAspects.requireAllIn(MyMessageQueueTest.class);
 *     }
 * }
 * }</pre>
 *
 * <p>The tests need JUnit Jupiter and AssertJ, and nothing else.
 */
package io.scheduler.core.queue.contract;
