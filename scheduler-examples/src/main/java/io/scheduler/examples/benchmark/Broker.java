package io.scheduler.examples.benchmark;

/** Something that keeps messages until they are consumed: the library, or what people would use instead. */
interface Broker extends AutoCloseable {

    /** What tables call the work that is done with it; each is unique in its section. */
    record Names(String publishing, String consuming, String both) {}

    Names names();

    Role role();

    /** Which version it is, and where it keeps messages: a sentence. */
    String note();

    /** A queue that nobody has used. */
    Queue open() throws Exception;

    /** The way of messages that come one by one. */
    MessagePath path();

    @Override
    void close();

    /**
     * A queue, for one that publishes and one that consumes. Once closed it does nothing that disturbs the next one;
     * what it leaves in the Redis of the benchmark is there until {@link Rounds} flushes it before the next run.
     */
    interface Queue extends AutoCloseable {

        /** Publishes the sample so many times; returns when the broker has confirmed all of them. */
        void publish(int messages) throws Exception;

        /** Consumes so many messages and acknowledges them. */
        void consume(int messages) throws Exception;

        @Override
        void close();
    }
}
