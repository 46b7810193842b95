package io.scheduler.examples.benchmark;

import java.util.function.LongConsumer;

/** A way that messages go, from one who sends to one who receives. */
interface MessagePath {

    String name();

    Role role();

    /**
     * Opens it anew, with a consumer that waits at its end.
     *
     * @param arrivals told of each message that arrived, with what {@link Open#send} gave it on its way
     */
    Open open(LongConsumer arrivals) throws Exception;

    /** A way that is open. */
    interface Open extends AutoCloseable {

        /** Sends a message that carries a number; does not wait for the answer. */
        void send(long number) throws Exception;

        @Override
        void close();
    }
}
