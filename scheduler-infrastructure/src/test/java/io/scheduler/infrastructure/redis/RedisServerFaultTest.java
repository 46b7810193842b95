package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.core.queue.QueueUnavailableException;
import io.scheduler.infrastructure.MessageQueues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that answers and takes no writes: a master that became a replica, and one whose disk is full. */
@ParameterizedClass
@MethodSource("binaries")
class RedisServerFaultTest extends ConsumingOnRedis {

    @Test
    void whileAMasterIsReadOnlyNothingIsDoneAndAfterwardsEverythingGoesOn() throws Exception {
        RedisStreamConfig patient = config().maxRetryAttempts(50)
                .retryDelay(Duration.ofMillis(50))
                .deduplicationWindow(Duration.ofHours(1))
                .build();
        try (MessageQueue queue = MessageQueues.redis(patient);
                RedisMessageQueue once = open(config())) {
            publish(once, 2);
            List<Delivery> held = once.receive(EMAILS, 1, LONG);
            redis.call("REPLICAOF", RedisServerProcess.HOST, RedisServerProcess.freePort());

            for (Runnable call : List.<Runnable>of(
                    () -> once.publish(EMAILS, Message.of(NOTE, "x")),
                    () -> once.receive(EMAILS, 1, Duration.ZERO),
                    () -> held.get(0).ack(),
                    () -> held.get(0).nack(),
                    () -> held.get(0).reject("x"),
                    () -> once.purge(EMAILS),
                    () -> once.delete(EMAILS))) {
                assertThat(catchThrowableOfType(QueueUnavailableException.class, call::run))
                        .hasMessageContaining("READONLY");
            }
            CompletableFuture<Void> publication = queue.publishAsync(EMAILS, Message.of(NOTE, "x"));
            assertThat(redis.number("XLEN", "emails")).isEqualTo(2);
            redis.call("REPLICAOF", "NO", "ONE");

            publication.get(30, TimeUnit.SECONDS);
            assertThat(held.get(0).ack()).isTrue();
            assertThat(queue.receive(EMAILS, 10, LONG)).hasSize(2).allMatch(Delivery::ack);
            assertThat(queue.size(EMAILS)).isZero();
        }
    }

    @Test
    void whileASnapshotCannotBeWrittenEverythingIsRefusedAndNothingIsLost() throws IOException {
        try (RedisMessageQueue queue = open(config())) {
            publish(queue, 2);
            List<Delivery> held = queue.receive(EMAILS, 1, LONG);
            Path inTheWay = Files.createDirectory(server.folder().resolve("dump.rdb"));
            redis.call("CONFIG", "SET", "save", "3600 1");
            redis.call("BGSAVE");
            await().until(() -> info("persistence").contains("rdb_last_bgsave_status:err"));

            assertRefusedForTheDisk(queue, held.get(0));
            assertThat(queue.health().problems()).anyMatch(problem -> problem.contains("The last snapshot failed"));

            Files.delete(inTheWay);
            redis.call("BGSAVE");
            await().until(() -> info("persistence").contains("rdb_last_bgsave_status:ok"));
            publish(queue, 1);
            assertThat(held.get(0).ack()).isTrue();
            assertThat(queue.receive(EMAILS, 10, LONG)).hasSize(2).allMatch(Delivery::ack);
        }
    }

    /** With {@code appendfsync always} Redis ends itself instead, which is a server that is killed. */
    @Test
    void whileTheDiskIsFullEverythingIsRefusedAndWhatWasPublishedSurvives(@TempDir Path folder) throws Exception {
        assumeThat(run("prlimit", "--version")).as("prlimit on the PATH").isZero();
        try (RedisServerProcess full =
                        RedisServerProcess.launch(ignoringFileSizeSignals(folder), "--appendfsync", "everysec");
                RedisMessageQueue queue = open(config().port(full.port()))) {
            publish(queue, 1);
            Delivery held = queue.receive(EMAILS, 1, LONG).get(0);
            assertThat(run("prlimit", "--pid=" + full.pid(), "--fsize=200000:unlimited"))
                    .isZero();

            List<String> published = new ArrayList<>();
            QueueException error = null;
            while (error == null) {
                Message message = Message.of(NOTE, "x".repeat(1000));
                error = catchThrowableOfType(QueueException.class, () -> queue.publish(EMAILS, message));
                if (error == null) {
                    published.add(message.id());
                }
                assertThat(published).as("publications on a disk of 200 kB").hasSizeLessThan(1000);
            }
            assertThat(error).isInstanceOf(QueueRefusedException.class).hasMessageContaining("MISCONF");
            assertRefusedForTheDisk(queue, held);
            assertThat(queue.health().problems())
                    .anyMatch(problem -> problem.contains("cannot write its append-only file"));

            run("prlimit", "--pid=" + full.pid(), "--fsize=unlimited:unlimited");
            await().until(() -> {
                try {
                    publish(queue, 1);
                    return true;
                } catch (QueueRefusedException e) {
                    return false;
                }
            });
            assertThat(held.ack()).isTrue();
            full.kill();
            full.start();
            List<String> received = new ArrayList<>();
            await().until(() -> {
                try {
                    queue.receive(EMAILS, 1000, SHORT)
                            .forEach(delivery -> received.add(delivery.message().id()));
                } catch (QueueException e) {
                    assertThat(e).isNotInstanceOf(QueueRefusedException.class);
                }
                return received.size() > published.size();
            });
            assertThat(received).containsAll(published).hasSize(published.size() + 1);
        }
    }

    private static void assertRefusedForTheDisk(RedisMessageQueue queue, Delivery held) {
        for (Runnable call : List.<Runnable>of(
                () -> queue.publish(EMAILS, Message.of(NOTE, "x")), held::ack, held::nack, () -> held.reject("x"))) {
            assertThat(catchThrowableOfType(QueueRefusedException.class, call::run))
                    .hasMessageContaining("MISCONF")
                    .hasMessageContaining("disk");
        }
    }

    private String info(String section) {
        return redis.call("INFO", section).toString();
    }

    /** A write beyond the limit is an error then, as on a full disk, and not the end of the process. */
    private Path ignoringFileSizeSignals(Path folder) throws IOException {
        Path script = folder.resolve("redis-server");
        Files.writeString(script, "#!/bin/sh\ntrap '' XFSZ\nexec '" + binary.toAbsolutePath() + "' \"$@\"\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException notThere) {
            return -1;
        }
    }
}
