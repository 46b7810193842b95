package io.scheduler.core.worker;

/**
 * Works on the payloads of one type of messages; the rules are those of {@link MessageHandler}.
 *
 * @param <T> the payload's Java type
 */
@FunctionalInterface
public interface PayloadHandler<T> {

    /**
     * Works on a payload. Returning acknowledges its message.
     *
     * @param payload the payload, decoded
     * @throws Exception as {@link MessageHandler#handle} does
     */
    void handle(T payload) throws Exception;
}
