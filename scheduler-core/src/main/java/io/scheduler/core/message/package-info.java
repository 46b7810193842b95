/**
 * What travels through a queue.
 *
 * <p>A {@link io.scheduler.core.message.MessageType} binds a stable name to a Java class, once, for both sides. A
 * {@link io.scheduler.core.message.Message} is an immutable envelope around one payload of such a type. A
 * {@link io.scheduler.core.message.PayloadCodec} turns payloads into JSON and back, and a
 * {@link io.scheduler.core.message.MessageCodec} does the same with the whole envelope, for adapters that store it as
 * one piece.
 *
 * <p>The Java type of a payload is always chosen by the program that reads it, never by the bytes that arrive.
 */
package io.scheduler.core.message;
