/**
 * The model check: random sequences of operations on every adapter, compared step by step with a model of the contract.
 *
 * <p>{@link io.scheduler.infrastructure.model.ReferenceQueue} is the model,
 * {@link io.scheduler.infrastructure.model.Operation} what is done, {@link io.scheduler.infrastructure.model.Trial} one
 * sequence of it, and {@link io.scheduler.infrastructure.model.ModelCheck} many of them. What differs is shrunk to the
 * few steps that matter, and told with the seed that repeats it:
 *
 * <pre>{@code
 * mvn test -pl scheduler-infrastructure -am -Dtest='*ModelTest' -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dmodel.tries=100000 -Dmodel.seed=7
 * }</pre>
 *
 * <p>An adapter joins by a {@link io.scheduler.infrastructure.model.Subject} of its own. If its time can be turned by
 * hand, every moment is checked; if not, its sequences are done while nothing can end, and what would end ends in
 * pauses between.
 */
package io.scheduler.infrastructure.model;
