package io.scheduler.infrastructure.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.Redisson;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.config.Config;

class CallerServedLoopTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final Deadlines deadlines = new Deadlines();
    private RedisServerProcess server;
    private Redisson redisson;
    private CallerServedLoop.Group group;
    private CallerServedLoop loop;
    private DirectConnection connection;

    @BeforeEach
    void start() {
        assumeThat(Epoll.isAvailable()).as("Netty's native transport").isTrue();
        server = RedisServerProcess.launch(RedisBinary.embedded(), "--appendonly", "no");
        // It would come of a rest only when all is over: nothing here may depend on that.
        connect(Duration.ofMinutes(10));
    }

    private void connect(Duration rest) {
        RedisStreamConfig config =
                RedisStreamConfig.builder().port(server.port()).build();
        Config settings = RedissonSettings.of(config, 1);
        settings.getEventLoopGroup().shutdownGracefully(0, 0, TimeUnit.SECONDS);
        group = new CallerServedLoop.Group(EpollIoHandler.newFactory(), rest);
        settings.setEventLoopGroup(group);
        // Nobody but us wakes anybody.
        settings.useSingleServer()
                .setPingConnectionInterval(0)
                .setDnsMonitoringInterval(-1)
                .setIdleConnectionTimeout(Integer.MAX_VALUE);
        redisson = (Redisson) Redisson.create(settings);
        loop = group.loop();
        connection = new DirectConnection(Master.of(redisson, deadlines), LONG);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.resume();
            disconnect();
            deadlines.close();
            server.close();
        }
    }

    private void disconnect() {
        redisson.shutdown(0, 2, TimeUnit.SECONDS);
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(30, TimeUnit.SECONDS);
        assertThat(group.isTerminated()).as("ended, although its thread rests").isTrue();
    }

    @Test
    void whoCallsAloneIsServedByNobodyElse() {
        await().untilAsserted(() -> {
            Thread answering = loop.await(this::whoAnswers);
            assertThat(answering).isSameAs(Thread.currentThread());
        });
        assertThat(loop.inEventLoop()).isFalse();
    }

    @Test
    void whatNobodyWaitsForIsWrittenByItsCallerAndAnsweredAllTheSame() throws Exception {
        await().until(() -> {
            CompletableFuture<Boolean> served = new CompletableFuture<>();
            CompletableFuture<Long> answer = loop.start(() -> {
                served.complete(loop.inEventLoop());
                return count();
            });
            assertThat(answer.get(30, TimeUnit.SECONDS)).isPositive();
            return served.join();
        });
        assertThat(loop.inEventLoop()).isFalse();
    }

    @Test
    void whoServesDoesSoForOthersToo() throws Exception {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Serving serving = new Serving(end);

        assertThat(loop.await(this::whoAnswers)).isSameAs(serving.thread);
        assertThat(loop.start(this::whoAnswers).get(30, TimeUnit.SECONDS)).isSameAs(serving.thread);
        assertThat(serving.outcome).isNotDone();

        end.complete(null); // by a thread that serves nothing
        assertThat(serving.outcome.get(30, TimeUnit.SECONDS)).isEqualTo("answered");
    }

    @Test
    void othersGetTheirAnswersWhenTheOneThatServedIsGone() throws Exception {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Serving serving = new Serving(end);
        server.pause();
        CompletableFuture<Long> other = loop.start(this::count);

        end.complete(null);
        assertThat(serving.outcome.get(30, TimeUnit.SECONDS)).isEqualTo("answered");
        server.resume();

        assertThat(other.get(30, TimeUnit.SECONDS)).isPositive();
    }

    @Test
    void anInterruptEndsTheWaitOfWhoServesAndOfNobodyElse() throws Exception {
        Serving serving = new Serving(new CompletableFuture<>());
        server.pause();
        CompletableFuture<Long> other = loop.start(this::count);

        serving.thread.interrupt();
        assertThat(serving.outcome.get(30, TimeUnit.SECONDS)).isEqualTo("interrupted");
        server.resume();

        assertThat(other.get(30, TimeUnit.SECONDS)).isPositive();
    }

    /** A handler that writes a file, for instance, is in the way of the interrupt that is to end the wait. */
    @Test
    void anInterruptIsHeardWhateverChannelIsUsedBesides() throws Exception {
        Serving serving = new Serving(new CompletableFuture<>());
        EncodedCommand<Long, Long> command = countCommand();
        CompletableFuture<Thread> using = command.getPromise().thenApply(answer -> useAChannel());
        loop.start(() -> send(command));
        assertThat(using.get(30, TimeUnit.SECONDS)).isSameAs(serving.thread);

        serving.thread.interrupt();

        assertThat(serving.outcome.get(30, TimeUnit.SECONDS)).isEqualTo("interrupted");
    }

    private static Thread useAChannel() {
        try {
            Path file = Files.createTempFile("used", null);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate(1));
            }
            Files.delete(file);
            return Thread.currentThread();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whoIsInterruptedAlreadyDoesNotServeAndSendsAllTheSame() throws Exception {
        for (int i = 0; i < 20; i++) {
            whoCallsAloneIsServedByNobodyElse();
            long before = loop.await(this::count);
            CompletableFuture<Void> end = new CompletableFuture<>();
            CompletableFuture<Long> answer = new CompletableFuture<>();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> loop.await(() -> {
                        assertThat(loop.inEventLoop()).isFalse();
                        count().thenAccept(answer::complete);
                        return end;
                    }))
                    .isInstanceOf(InterruptedException.class);
            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(before + 1);
            end.complete(null);
        }
    }

    @Test
    void whatNobodyWaitsForIsServedToItsEnd() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(loop.await(this::count)).isPositive();
            CompletableFuture<Long> keys = loop.start(
                    () -> loop.counted(() -> redisson.getKeys().countAsync().toCompletableFuture()));
            assertThat(keys.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void threadsForWhichJavaWouldFindASubstituteDoNotServe() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(1);
        try {
            for (int i = 0; i < 20; i++) {
                assertThat(loop.await(this::count)).isPositive();
                Thread answering =
                        pool.submit(() -> loop.await(this::whoAnswers)).get(30, TimeUnit.SECONDS);
                assertThat(answering).isNotInstanceOf(ForkJoinWorkerThread.class);
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void aFailureToCallIsThrownAndLeavesTheLoopToOthers() throws Exception {
        for (int i = 0; i < 20; i++) {
            whoCallsAloneIsServedByNobodyElse();
            assertThatThrownBy(() -> loop.await(() -> {
                        assertThat(loop.inEventLoop()).isTrue();
                        throw new IllegalStateException("no call");
                    }))
                    .hasMessage("no call");
            assertThatThrownBy(() -> loop.start(() -> {
                        assertThat(loop.inEventLoop()).isTrue();
                        throw new IllegalStateException("no call");
                    }))
                    .hasMessage("no call");
            assertThat(loop.inEventLoop()).isFalse();
        }
        Serving serving = new Serving(new CompletableFuture<>());
        assertThatThrownBy(() -> loop.await(() -> {
                    throw new IllegalStateException("no call");
                }))
                .hasMessage("no call");
        serving.thread.interrupt();
        serving.outcome.get(30, TimeUnit.SECONDS);
        serving.end.complete(null);
        whoCallsAloneIsServedByNobodyElse();
    }

    /** And does not write into a connection that Redis has closed, where it would get no answer. */
    @Test
    void aCallSeesFirstWhatHasHappenedMeanwhile() throws Exception {
        whoCallsAloneIsServedByNobodyElse();
        try (RespClient redis = server.client()) {
            redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

            assertThat(loop.await(this::count)).isPositive();
        }
    }

    @Test
    void theEndOfAConnectionIsNoticedWithoutACall() throws Exception {
        disconnect();
        connect(CallerServedLoop.REST);
        loop.await(this::count);
        try (RespClient redis = server.client()) {
            long last = newestConnection(redis);
            redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

            // Redisson connects again by itself.
            await().atMost(LONG).until(() -> newestConnection(redis) > last);
        }
    }

    @Test
    void closingEndsWhoServes() throws Exception {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Serving serving = new Serving(end);

        disconnect();

        assertThat(loop.isTerminated()).isTrue();
        assertThat(loop.inEventLoop(serving.thread)).isFalse();
        end.complete(null);
        assertThat(serving.outcome.get(30, TimeUnit.SECONDS)).isEqualTo("answered");
    }

    @Test
    void closingEndsTheRest() throws Exception {
        CallerServedLoop.Group idle = new CallerServedLoop.Group(EpollIoHandler.newFactory(), Duration.ofMinutes(10));
        Thread own = idle.loop().submit(Thread::currentThread).get(30, TimeUnit.SECONDS);
        // Whoever hands it a task calls it if it rests by then, so the first rest may be over at once.
        await().during(Duration.ofMillis(300)).until(() -> {
            boolean serves = idle.loop().inEventLoop(own);
            if (serves) {
                idle.loop().execute(() -> idle.loop().start(() -> CompletableFuture.completedFuture(null)));
            }
            return !serves;
        });

        assertThat(idle.shutdownGracefully(0, 0, TimeUnit.SECONDS).await(30, TimeUnit.SECONDS))
                .isTrue();
    }

    /** Callers of all kinds, alone and in crowds, with pauses shorter and longer than the shorter of the rests. */
    @ParameterizedTest
    @ValueSource(strings = {"PT0.02S", "PT10M"})
    void noAnswerIsForgotten(Duration rest) throws Exception {
        disconnect();
        connect(rest);
        AtomicInteger sent = new AtomicInteger();
        long first = loop.await(this::count);
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int caller = 0; caller < 6; caller++) {
            int busy = caller;
            callers.add(CompletableFuture.runAsync(() -> callForAWhile(busy, sent), task -> new Thread(task).start()));
        }
        for (CompletableFuture<Void> caller : callers) {
            caller.get(60, TimeUnit.SECONDS);
        }
        assertThat(loop.await(this::count)).isEqualTo(first + sent.get() + 1);
    }

    private void callForAWhile(int caller, AtomicInteger sent) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
        while (System.nanoTime() - end < 0) {
            int burst = random.nextInt(1, 30);
            IntStream.range(0, burst).forEach(i -> {
                sent.incrementAndGet();
                call(random.nextInt(3));
            });
            LockSupport.parkNanos(random.nextLong(TimeUnit.MILLISECONDS.toNanos(caller * 25L + 1)));
        }
    }

    private void call(int way) {
        try {
            switch (way) {
                case 0 -> loop.await(this::count);
                case 1 -> loop.start(this::count).get(20, TimeUnit.SECONDS);
                default -> {
                    Thread.currentThread().interrupt();
                    try {
                        loop.await(this::count);
                    } catch (InterruptedException mayBe) {
                        // It is sent all the same.
                    }
                    Thread.interrupted();
                }
            }
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long newestConnection(RespClient redis) {
        return redis.call("CLIENT", "LIST")
                .toString()
                .lines()
                .filter(line -> line.contains("name=scheduler"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("^id=(\\d+) .*", "$1")))
                .max()
                .orElse(0);
    }

    /** Asked before it is sent: afterwards it could be this thread that finds the answer there. */
    private CompletableFuture<Thread> whoAnswers() {
        EncodedCommand<Long, Long> command = countCommand();
        CompletableFuture<Thread> answering = command.getPromise().thenApply(answer -> Thread.currentThread());
        send(command);
        return answering;
    }

    private CompletableFuture<Long> count() {
        return send(countCommand());
    }

    private CompletableFuture<Long> send(EncodedCommand<Long, Long> command) {
        return loop.counted(() -> {
            connection.send(command);
            return command.getPromise();
        });
    }

    private static EncodedCommand<Long, Long> countCommand() {
        return new EncodedCommand<>(
                StringCodec.INSTANCE,
                RedisCommands.INCR,
                RespRequest.of(List.of("INCR".getBytes(US_ASCII), "count".getBytes(US_ASCII))));
    }

    /** A thread that serves until its own call ends. */
    private final class Serving {

        private final CompletableFuture<String> outcome = new CompletableFuture<>();
        private final CompletableFuture<Void> end;
        private final Thread thread;

        Serving(CompletableFuture<Void> end) {
            this.end = end;
            CompletableFuture<Void> at = new CompletableFuture<>();
            thread = new Thread(() -> serve(at));
            thread.start();
            at.orTimeout(30, TimeUnit.SECONDS).join();
        }

        private void serve(CompletableFuture<Void> at) {
            try {
                while (!at.isDone()) {
                    loop.await(CallerServedLoopTest.this::count);
                    loop.await(() -> {
                        if (!loop.inEventLoop()) {
                            return CompletableFuture.completedFuture(null); // not yet: the loop is its own
                        }
                        at.complete(null);
                        return end;
                    });
                }
                outcome.complete("answered");
            } catch (InterruptedException e) {
                outcome.complete("interrupted");
            } catch (ExecutionException | RuntimeException e) {
                outcome.completeExceptionally(e);
            }
        }
    }
}
