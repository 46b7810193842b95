/**
 * How the figures of {@code docs/performance.md} are measured. {@link io.scheduler.examples.benchmark.Benchmarks} runs
 * sections; a section names candidates, ours and those that people would use instead; rounds measure them in turns, so
 * that all of them meet the same machine. A report turns what was found into tables, JSON and pictures.
 *
 * <p>Each figure is the median of several rounds after a warm-up, and stands beside its reference from the same run:
 * figures of different machines or days say nothing about each other.
 */
package io.scheduler.examples.benchmark;
