package io.scheduler.examples.benchmark;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * BullMQ, where {@code node} is on the PATH and finds it: on the Redis of the benchmark, with a program that publishes
 * and one that consumes.
 */
record BullBroker(BullProgram publisher, BullProgram consumer, String version) implements Broker {

    static final Names NAMES = new Names("BullMQ add, 64 in flight", "BullMQ Worker, 50", "BullMQ at once");

    private static final String READY = "ready ";
    private static final AtomicInteger queues = new AtomicInteger();

    static Optional<BullBroker> find(BenchmarkRedis redis) {
        return ServerProcess.onPath("node").flatMap(node -> start(node, redis.port()));
    }

    /** Empty where the first program says that there is no BullMQ. */
    static Optional<BullBroker> start(Path node, int redisPort) {
        BullProgram publisher = BullProgram.start(node, redisPort, WholeWork.LONGEST);
        try {
            String greeting = publisher.line();
            if (!greeting.startsWith(READY)) {
                publisher.close();
                return Optional.empty();
            }
            BullProgram consumer = BullProgram.start(node, redisPort, WholeWork.LONGEST);
            try {
                consumer.line();
                return Optional.of(new BullBroker(publisher, consumer, greeting.substring(READY.length())));
            } catch (RuntimeException e) {
                consumer.close();
                throw e;
            }
        } catch (RuntimeException e) {
            publisher.close();
            throw e;
        }
    }

    @Override
    public Names names() {
        return NAMES;
    }

    @Override
    public Role role() {
        return Role.REFERENCE;
    }

    @Override
    public String note() {
        return "BullMQ " + version + " uses the same Redis as the queue.";
    }

    @Override
    public MessagePath path() {
        return new BullPath(this);
    }

    @Override
    public Opened open() {
        String name = "bull-" + queues.incrementAndGet();
        publisher.call("publisher", name);
        consumer.call("worker", name);
        return new Opened(publisher, consumer, name);
    }

    @Override
    public void close() {
        publisher.close();
        consumer.close();
    }

    /** A queue. */
    record Opened(BullProgram publisher, BullProgram consumer, String name) implements Queue {

        @Override
        public void publish(int messages) {
            publisher.call("publish", messages);
        }

        @Override
        public void consume(int messages) {
            consumer.call("consume", messages);
        }

        /**
         * Adds so many jobs a second, and has each worked on as soon as it is there.
         *
         * @return how many nanoseconds each took from the call of {@code add}
         */
        LongStream times(int perSecond, int jobs) {
            consumer.call("time", jobs);
            publisher.call("pace", perSecond + "x" + jobs);
            String[] times = consumer.ask("times", jobs).split(",");
            if (times.length != jobs) {
                throw new IllegalStateException("Of " + jobs + " jobs, " + times.length + " were timed");
            }
            return Stream.of(times).mapToLong(Long::parseLong);
        }

        @Override
        public void close() {
            try {
                publisher.call("close", name);
            } finally {
                consumer.call("close", name);
            }
        }
    }
}
