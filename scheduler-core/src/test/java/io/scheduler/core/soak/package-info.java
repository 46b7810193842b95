/**
 * A soak that any adapter can be put under: on the port alone, several publishers and consumers do all they can at once
 * while faults come and go. A {@link io.scheduler.core.soak.History} of every call and every delivery is then held to
 * the {@link io.scheduler.core.soak.Law}s of the delivery contract.
 *
 * <pre>{@code
 * @Test
 * void keepsItsPromises() {
 *     new Soak("My queue", new MySubject(), Duration.ofSeconds(5)).run();
 * }
 * }</pre>
 *
 * <p>What is soaked is a {@link io.scheduler.core.soak.SoakSubject}, which opens queue objects and knows the
 * {@link io.scheduler.core.soak.Fault}s. Nothing but the JDK is needed.
 */
package io.scheduler.core.soak;
