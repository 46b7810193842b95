package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An interrupt, and {@code close()}, in the middle of every call, while Redis hangs. */
class RedisInterruptionTest extends ConsumingOnRedis {

    private static final Duration WITHIN = Duration.ofSeconds(20);

    private RedisMessageQueue queue;
    private Delivery held;

    RedisInterruptionTest() {
        binary = RedisBinary.embedded();
    }

    @BeforeEach
    void hold() {
        queue = open(config().commandTimeout(Duration.ofSeconds(60)).maxRetryAttempts(1));
        publish(queue, 1);
        held = queue.receive(EMAILS, 1, LONG).get(0);
    }

    @AfterEach
    void close() {
        server.resume();
        queue.close();
    }

    @ParameterizedTest
    @EnumSource(value = EveryCall.class, mode = EnumSource.Mode.EXCLUDE, names = "PUBLISH_ASYNC") // nobody waits there
    void anInterruptEndsItAndKeepsTheFlagAndTheQueueGoesOn(EveryCall call) throws Exception {
        server.pause();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread caller = start(call, thrown, flag);
        awaitWaiting(caller);

        caller.interrupt();

        assertThat(thrown.get(WITHIN.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(flag.get(WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
        server.resume();
        // Again and again, because what was interrupted may still come, such as the deletion of the queue.
        await().until(() -> {
            Message message = Message.of(NOTE, "x");
            queue.publish(EMAILS, message);
            return queue.receive(EMAILS, 10, SHORT).stream()
                    .anyMatch(delivery -> delivery.message().id().equals(message.id()));
        });
    }

    /** A read that waits at Redis is called off by closing its connection; if it waited on, it would take messages. */
    @Test
    void anInterruptCallsOffTheReadThatWaitsAtRedis() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread caller = start(EveryCall.RECEIVE, thrown, new CompletableFuture<>());
        await().until(() -> waitingReads().size() == 1);
        String read = waitingReads().get(0);

        caller.interrupt();

        assertThat(thrown.get(WITHIN.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(OutcomeUnknownException.class);
        await().until(() -> clients().noneMatch(client -> client.startsWith(read + " ")));
    }

    private List<String> waitingReads() {
        return clients()
                .filter(client -> client.contains(" flags=b "))
                .map(client -> client.split(" ")[0])
                .toList();
    }

    private Stream<String> clients() {
        return redis.call("CLIENT", "LIST").toString().lines();
    }

    @Test
    void closingEndsReceivesAtOnceWhilePublicationsAreStillWaitedFor() throws Exception {
        CompletableFuture<Throwable> received = new CompletableFuture<>();
        start(EveryCall.RECEIVE, received, new CompletableFuture<>());
        await().until(() -> waitingReads().size() == 1);
        server.pause();
        queue.publishAsync(EMAILS, Message.of(NOTE, "x"));

        CompletableFuture<Void> closed = CompletableFuture.runAsync(queue::close);

        assertThat(received.get(WITHIN.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(QueueClosedException.class);
        assertThat(closed).isNotDone();
        server.resume();
        closed.join();
    }

    @Test
    void closingEndsThemAllInTime() throws Exception {
        Duration commandTimeout = Duration.ofSeconds(2);
        queue.close();
        queue = open(config().commandTimeout(commandTimeout).maxRetryAttempts(1));
        publish(queue, EveryCall.values().length);
        Iterator<Delivery> deliveries =
                queue.receive(EMAILS, EveryCall.values().length, LONG).iterator();
        server.pause();
        Map<EveryCall, CompletableFuture<Throwable>> ended = new EnumMap<>(EveryCall.class);
        for (EveryCall call : EveryCall.values()) {
            held = deliveries.next();
            ended.put(call, new CompletableFuture<>());
            awaitWaiting(start(call, ended.get(call), new CompletableFuture<>()));
        }

        long start = System.nanoTime();
        queue.close();

        // What was accepted may end, and connections have nine seconds; the rest is for a machine that is busy.
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isLessThan(commandTimeout.plusSeconds(9).multipliedBy(2));
        for (EveryCall call : EveryCall.values()) {
            Throwable error = ended.get(call).get(WITHIN.toSeconds(), TimeUnit.SECONDS);
            switch (call) {
                case HEALTH -> {} // says so instead of throwing
                case RECEIVE -> assertThat(error).isInstanceOf(QueueClosedException.class);
                default -> assertThat(error).as(call.name()).isInstanceOf(QueueException.class);
            }
        }
    }

    private Thread start(EveryCall call, CompletableFuture<Throwable> thrown, CompletableFuture<Boolean> flag) {
        Delivery delivery = held;
        Thread caller = new Thread(() -> {
            thrown.complete(catchThrowable(() -> call.on(queue, EMAILS, delivery)));
            flag.complete(Thread.currentThread().isInterrupted());
        });
        caller.start();
        return caller;
    }

    /** For a while, because who serves the connection looks at it first. */
    private static void awaitWaiting(Thread caller) {
        await().during(Duration.ofMillis(100)).until(() -> isWaiting(caller));
    }

    private static boolean isWaiting(Thread caller) {
        if (Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(caller.getState())) {
            return true;
        }
        // Whoever serves the connection waits in native code, which is to run, as far as Java knows.
        StackTraceElement[] stack = caller.getStackTrace();
        return stack.length > 0 && stack[0].getMethodName().startsWith("epollWait");
    }
}
