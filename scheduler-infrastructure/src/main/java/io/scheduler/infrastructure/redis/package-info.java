/**
 * The queue on Redis Streams, through Redisson.
 *
 * <p>Two doors lead in: {@link io.scheduler.infrastructure.redis.RedisMessageQueue} is the adapter, and
 * {@link io.scheduler.infrastructure.redis.RedisStreamConfig} says which Redis and how. All else is package-private:
 * the connection, the keys, the scripts that do every write, and one class for each role of the port.
 *
 * <p>The layout in Redis is a public format: {@code docs/redis-layout.md} describes it for programs in other languages.
 */
package io.scheduler.infrastructure.redis;
