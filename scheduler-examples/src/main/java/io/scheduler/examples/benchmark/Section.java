package io.scheduler.examples.benchmark;

/** One part of the suite, which can run alone. */
interface Section {

    /** One word, by which it is asked for. */
    String name();

    String title();

    /**
     * Measures. It may leave anything in Redis, and nothing that runs.
     *
     * @param redis a server of the benchmark's own
     */
    Result measure(BenchmarkRedis redis, Effort effort, Progress progress) throws Exception;
}
