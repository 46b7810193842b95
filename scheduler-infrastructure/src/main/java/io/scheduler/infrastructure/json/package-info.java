/**
 * JSON, by Jackson: the only package that sees it.
 *
 * <p>{@link io.scheduler.infrastructure.json.JacksonPayloadCodec} turns payloads into JSON and back, with sensible
 * settings or with the {@code JsonMapper} that a program has already.
 * {@link io.scheduler.infrastructure.json.JacksonMessageCodec} puts the envelope around them: one JSON object for each
 * message, whose names are in {@code MessageField}, written by {@code MessageWriter} and read by {@code MessageReader}.
 *
 * <p>What both hold to: the Java class is named by the program and never by the JSON; text is stored exactly or
 * refused; a payload stays the bytes that it is until it is asked for; and no error, log line or {@code toString} shows
 * content ({@code Problem} finds the words for what went wrong).
 */
package io.scheduler.infrastructure.json;
