/**
 * Mains to run and to copy from, each with one idea. Every one works on a machine with a JDK and Maven: where the
 * variable {@code REDIS_URL} names no Redis, it starts a real redis-server of its own and stops it at the end.
 */
package io.scheduler.examples;
