/**
 * The delivery contract as tests: what {@code docs/delivery-contract.md} states, proven for any adapter or decorator.
 *
 * <p>There is one abstract class for each aspect, and each of its tests cites the {@link Rule} it proves. An adapter's
 * test says once, in a {@link ContractSubject}, how its queues are made, and has one {@code @Nested} class for each
 * aspect:
 *
 * <pre>{@code
 * class MyMessageQueueTest {
 *
 *     static final MessageQueue SHARED = open(ContractSettings.LASTING);
 *
 *     @AfterAll
 *     static void close() {
 *         SHARED.close();
 *     }
 *
 *     interface OnMyBroker extends ContractSubject {
 *         @Override
 *         default MessageQueue queue() {
 *             return SHARED;
 *         }
 *
 *         @Override
 *         default MessageQueue newQueue(ContractSettings settings) {
 *             return open(settings); // on the same broker
 *         }
 *     }
 *
 *     @Nested
 *     class Publishing extends PublishingContract implements OnMyBroker {}
 *
 *     @Nested
 *     class Receiving extends ReceivingContract implements OnMyBroker {}
 *
 *     // … and so on; this test tells which aspects are missing:
 *     @Test
 *     void provesEveryAspect() {
 *         ContractAspects.requireAllIn(MyMessageQueueTest.class);
 *     }
 * }
 * }</pre>
 *
 * <p>The tests need JUnit Jupiter with its {@code junit-jupiter-params}, and AssertJ, and nothing else.
 */
package io.scheduler.core.queue.contract;
