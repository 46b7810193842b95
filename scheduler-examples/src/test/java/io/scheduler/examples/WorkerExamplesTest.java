package io.scheduler.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WorkerExamplesTest {

    @Test
    void quickStart() throws Exception {
        assertThat(story(QuickStartExample.class))
                .containsSubsequence(
                        "Sending \"Welcome\" to ada@example.org",
                        "Sending \"Your order\" to grace@example.org",
                        "Sending \"Your invoice\" to linus@example.org",
                        "All sent; 0 messages left");
    }

    @Test
    void typedPayloads() throws Exception {
        assertThat(story(TypedPayloadsExample.class))
                .containsSubsequence(
                        "4 are ready",
                        "order 4711: [Line[article=lamp, quantity=2]], by 2026-11-23",
                        "for Ada, phone +44 20 7946 0000",
                        "order 4712: [Line[article=book, quantity=1]], by 2026-11-24",
                        "for Zoë, who has no phone",
                        "order 4711: 59.90 paid in PT1M35S",
                        "No handler for messages of type 'refund.requested';"
                                + " this worker has those for [order.placed, payment.received]",
                        "\"The lamp of order 4700 was broken\" is still there");
    }

    @Test
    void retries() throws Exception {
        assertThat(story(RetryExample.class))
                .containsSubsequence(
                        "attempt 1: No line to 555-0101",
                        "again in",
                        "attempt 2: No line to 555-0101",
                        "again in",
                        "attempt 3: done",
                        "2. A type can have a policy of its own",
                        "attempt 1: Nobody answers at 555-0102",
                        "again in 100 ms",
                        "attempt 2: Nobody answers at 555-0102",
                        "given up",
                        "3. A handler that knows that trying again is useless",
                        "attempt 1: 'five five five' is no number",
                        "given up",
                        "4. A handler that knows when to try again",
                        "again in 300 ms",
                        "attempt 2: done",
                        "5. What was given up",
                        "Gave up after 2 attempts: java.io.IOException: Nobody answers at 555-0102",
                        "'five five five' is no number");
    }

    @Test
    void crash() throws Exception {
        // A report is told to be done when it is acknowledged; the next may have begun by then.
        assertThat(story(CrashExample.class))
                .containsSubsequence(
                        "the second worker begins with report 3",
                        "the second worker begins with report 4",
                        "the second worker begins with report 5",
                        "in flight: 1")
                .containsSubsequence(
                        "the first worker begins with report 1",
                        "the first worker begins with report 2",
                        "the second worker begins with report 3",
                        "attempt 1: done",
                        "attempt 1: done",
                        "attempt 1: done",
                        "in flight: 1",
                        "kill -9",
                        "the second worker begins with report 2",
                        "attempt 2: done",
                        "reports left: 0");
    }

    @Test
    void gracefulShutdown() throws Exception {
        assertThat(story(GracefulShutdownExample.class))
                .containsSubsequence(
                        "2. The worker is closed",
                        "the trailer: converted",
                        "the film: interrupted, the drain time is over",
                        "1 ready, 0 in flight",
                        "attempt 2: the film");
    }

    @Test
    void ownClient() throws Exception {
        assertThat(story(OwnClientExample.class))
                .containsSubsequence(
                        "its codec is StringCodec",
                        "5 votes are counted, and the queue is closed",
                        "cats: 3",
                        "dogs: 1",
                        "owls: 1",
                        "shut down: false");
    }

    @Test
    void testing() throws Exception {
        assertThat(story(TestingExample.class))
                .containsSubsequence(
                        "checked: done at attempt 2",
                        "checked: whoever had it before can settle it no more",
                        "checked: it is delayed",
                        "checked: done at attempt 1",
                        "checked: again in 10 minutes",
                        "checked: done at attempt 2",
                        "checked: nothing is left",
                        "checked: the worker is healthy");
    }

    private static String story(Class<?> example) throws IOException, InterruptedException {
        ExampleProcess process = ExampleProcess.run(example);
        assertThat(process.exit()).as(process.output()).isZero();
        return process.output();
    }
}
