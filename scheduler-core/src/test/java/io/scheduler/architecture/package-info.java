/**
 * The architecture as rules, shared by all modules. Each module checks itself with one line:
 *
 * <pre>{@code
 * ArchitectureRules.forInfrastructure().check(ProductionClasses.onTheClasspath());
 * }</pre>
 *
 * <p>Every rule is a factory that is told where to look, so that the fixtures can break the very same rule.
 */
package io.scheduler.architecture;
