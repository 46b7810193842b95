package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.core.queue.QueueUnavailableException;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.client.RedisException;

/**
 * What an error means, told from real servers of every version at hand; those that are hard to provoke from their text.
 */
class RedisErrorsTest {

    private static final QueueName EMAILS = QueueName.of("emails");
    private static final Message MESSAGE = Message.of(MessageType.of("note", String.class), "secret content");

    static Stream<Path> binaries() {
        return Stream.concat(Stream.of(RedisBinary.embedded()), RedisBinary.onPath().stream());
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void aKeyOfAnotherTypeIsRefusedAndLeftAlone(Path binary) {
        try (RedisServerProcess server = RedisServerProcess.launch(binary);
                RespClient redis = server.client();
                RedisMessageQueue queue = open(server.uri())) {
            redis.call("SET", "emails", "somebody else's");

            List<Runnable> calls = List.of(
                    () -> queue.publish(EMAILS, MESSAGE),
                    () -> queue.create(EMAILS),
                    () -> queue.exists(EMAILS),
                    () -> queue.delete(EMAILS),
                    () -> queue.purge(EMAILS),
                    () -> queue.stats(EMAILS));
            for (Runnable call : calls) {
                assertThat(catchThrowableOfType(QueueRefusedException.class, call::run))
                        .hasMessageContaining("WRONGTYPE")
                        .hasMessageContaining("rename the queue");
            }
            assertThat(redis.call("GET", "emails")).isEqualTo("somebody else's");
            assertThat(redis.strings("KEYS", "*")).containsExactly("emails");
        }
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void aFullServerRefuses(Path binary) {
        try (RedisServerProcess server = RedisServerProcess.launch(binary);
                RespClient redis = server.client();
                RedisMessageQueue queue = open(server.uri())) {
            redis.call("CONFIG", "SET", "maxmemory", "1");

            assertThat(catchThrowableOfType(QueueRefusedException.class, () -> queue.publish(EMAILS, MESSAGE)))
                    .hasMessageContaining("maxmemory");
            assertThat(redis.strings("KEYS", "*")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void aReplicaIsUnavailableForWriting(Path binary) {
        try (RedisServerProcess server = RedisServerProcess.launch(binary);
                RespClient redis = server.client();
                RedisMessageQueue queue = open(server.uri())) {
            redis.call("REPLICAOF", RedisServerProcess.HOST, RedisServerProcess.freePort());

            assertThat(catchThrowableOfType(QueueUnavailableException.class, () -> queue.publish(EMAILS, MESSAGE)))
                    .hasMessageContaining("READONLY");
            assertThat(queue.health().problems()).anyMatch(problem -> problem.contains("replica"));
        }
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void aBusyServerIsUnavailable(Path binary) throws InterruptedException {
        try (RedisServerProcess server = RedisServerProcess.launch(binary, "--lua-time-limit", "20");
                RespClient looping = server.client();
                RespClient redis = server.client();
                RedisMessageQueue queue = open(server.uri())) {
            queue.exists(EMAILS);
            Thread loop = new Thread(() -> looping.callOrError("EVAL", "while true do end", 0));
            loop.start();
            try {
                await().until(() -> redis.callOrError("GET", "x").toString().startsWith("BUSY"));
                assertThat(catchThrowableOfType(QueueUnavailableException.class, () -> queue.publish(EMAILS, MESSAGE)))
                        .hasMessageContaining("BUSY");
            } finally {
                redis.call("SCRIPT", "KILL");
                loop.join();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void credentialsThatAreMissingOrWrongOrTooWeakAreRefusedWithoutShowingThem(Path binary) {
        try (RedisServerProcess server = RedisServerProcess.launch(binary, "--requirepass", "right-secret")) {
            try (RespClient redis = server.client()) {
                redis.call("AUTH", "right-secret");
                redis.call(
                        "ACL",
                        "SETUSER",
                        "reader",
                        "on",
                        ">reader-secret",
                        "~*",
                        "+@read",
                        "+@connection",
                        "+evalsha",
                        "+eval");
            }
            String address = RedisServerProcess.HOST + ":" + server.port();

            assertRefused("redis://" + address, "set username and password");
            assertRefused("redis://:wrong-secret@" + address, "check username and password");
            assertRefused("redis://reader:reader-secret@" + address, "ACL");
            try (RedisMessageQueue queue = open("redis://:right-secret@" + address)) {
                queue.publish(EMAILS, MESSAGE);
                assertThat(queue.size(EMAILS)).isEqualTo(1);
            }
        }
    }

    /**
     * A permission that is missing for a later command of a script. Redis 7 can tell before anything is written; for
     * Redis 6 the truth is that something was.
     */
    @ParameterizedTest
    @MethodSource("binaries")
    void aPermissionThatIsMissingInTheMiddleIsNeverCalledNotDoneWhenSomethingWas(Path binary) {
        Message later = Message.builder(MessageType.of("note", String.class), "x")
                .notBefore(Instant.now().plusSeconds(60))
                .build();
        for (String missing : List.of("-hset", "-zadd", "-pexpireat", "-unlink", "-xadd")) {
            try (RedisServerProcess server = RedisServerProcess.launch(binary);
                    RespClient redis = server.client()) {
                redis.call("ACL", "SETUSER", "partly", "on", ">partly-secret", "~*", "+@all", missing);
                String uri = "redis://partly:partly-secret@" + RedisServerProcess.HOST + ":" + server.port();
                try (RedisMessageQueue queue = open(uri)) {
                    QueueException error = catchThrowableOfType(
                            QueueException.class, () -> queue.publishAll(EMAILS, List.of(MESSAGE, later)));

                    assertThat(error)
                            .as(missing)
                            .isInstanceOf(
                                    anythingIsStored(redis)
                                            ? OutcomeUnknownException.class
                                            : QueueRefusedException.class)
                            .hasMessageContaining("ACL");
                    assertThat(catchThrowableOfType(
                                    QueueException.class, () -> queue.publishAll(EMAILS, List.of(MESSAGE, later))))
                            .as("again, " + missing)
                            .hasSameClassAs(error);
                    if (!redis.call("INFO", "server").toString().contains("redis_version:6")) {
                        assertThat(redis.strings("KEYS", "*")).as(missing).isEmpty();
                    }
                }
            }
        }
    }

    /** Whether there is a message, or an id that is remembered: a hash with nothing in it says nothing. */
    private static boolean anythingIsStored(RespClient redis) {
        return redis.strings("KEYS", "*").stream()
                .anyMatch(key -> !key.contains(":ids:")
                        || redis.strings("HVALS", key).stream()
                                .anyMatch(value -> !value.isBlank() && !value.equals("0")));
    }

    @ParameterizedTest
    @CsvSource({"/99, DB index is out of range", "?password=none, AUTH"})
    void whatTheServerRefusesWhileConnectingIsRefused(String rest, String words) {
        try (RedisServerProcess server = RedisServerProcess.launch();
                RedisMessageQueue queue = open(server.uri() + rest)) {
            assertThat(catchThrowableOfType(QueueRefusedException.class, () -> queue.publish(EMAILS, MESSAGE)))
                    .hasMessageContaining(words);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    LOADING Redis is loading the dataset in memory          | QueueUnavailableException
                    MASTERDOWN Link with MASTER is down                     | QueueUnavailableException
                    CLUSTERDOWN Hash slot not served                        | QueueUnavailableException
                    TRYAGAIN Multiple keys request during rehashing of slot | QueueUnavailableException
                    NOREPLICAS Not enough good replicas to write.           | QueueUnavailableException
                    MISCONF Errors writing to the AOF file                  | QueueRefusedException
                    CROSSSLOT Keys in request don't hash to the same slot   | QueueRefusedException
                    ERR Error running script (call to f_0a): @user_script:7: MISCONF Errors writing to the AOF file | QueueRefusedException
                    ERR Error running script (call to f_0a): @user_script:7: @user_script: 7: -READONLY You can't write against a read only replica. | QueueUnavailableException
                    @user_script: 68: -READONLY You can't write against a read only replica | QueueUnavailableException
                    ERR unknown command 'XADD'                              | QueueRefusedException
                    """)
    void theFirstWordTells(String text, String expected) {
        RedisErrors errors = new RedisErrors("Redis at example:6379", Duration.ofSeconds(3));
        RedisException failure =
                new RedisException(text + ". channel: [id: 0x1, L:/a - R:b] command: (EVALSHA), params: []");

        QueueException error = errors.translate(Operation.on("publish", EMAILS), new CompletionException(failure));

        assertThat(error.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(error)
                .hasMessageNotContaining("channel")
                .hasMessageNotContaining("user_script")
                .hasCause(failure);
    }

    /** The words of Redis 6.2 and 7.0, and those of Redis 8 and Valkey. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERR Error running script (call to f_0a): @user_script:7: @user_script: 7: The user executing the script"
                        + " can't run this command or subcommand",
                "ERR ACL failure in script: User mail has no permissions to run the 'xlen' command script: 0a, on"
                        + " @user_script:1.",
                "ERR ACL failure in script: User mail has no permissions to access the 'emails' key script: 0a, on"
                        + " @user_script:1."
            })
    void aPermissionThatAScriptLacksIsToldWithWhatToGrant(String text) {
        RedisErrors errors = new RedisErrors("Redis at example:6379", Duration.ofSeconds(3));

        QueueException error =
                errors.translate(Operation.on("stats", EMAILS), new CompletionException(new RedisException(text)));

        assertThat(error).isInstanceOf(QueueRefusedException.class).hasMessageContaining("+xsetid");
    }

    @ParameterizedTest
    @CsvSource({
        "redis://127.0.0.1:1, QueueUnavailableException",
        "redis://no-such-host.invalid, QueueUnavailableException"
    })
    void aServerThatCannotBeReachedIsUnavailable(String uri, String expected) {
        try (RedisMessageQueue queue = open(uri)) {
            QueueException error = catchThrowableOfType(QueueException.class, () -> queue.publish(EMAILS, MESSAGE));

            assertThat(error.getClass().getSimpleName()).isEqualTo(expected);
            assertThat(error).hasMessageContaining("cannot be reached").hasMessageContaining(MESSAGE.id());
        }
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void aServerThatDiesUnderAnOpenConnectionIsUnavailableOnceItIsKnownToBeGone(Path binary) {
        try (RedisServerProcess server = RedisServerProcess.launch(binary);
                RedisMessageQueue queue = open(server.uri())) {
            queue.exists(EMAILS);
            server.kill();

            // The first call may still have been written to the dying connection; those after it find it closed.
            catchThrowableOfType(QueueException.class, () -> queue.publish(EMAILS, MESSAGE));
            await().untilAsserted(() -> assertThat(
                            catchThrowableOfType(QueueUnavailableException.class, () -> queue.publish(EMAILS, MESSAGE)))
                    .hasMessageContaining("cannot be reached"));
        }
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void aServerThatDoesNotAnswerLeavesTheOutcomeUnknown(Path binary) {
        try (RedisServerProcess server = RedisServerProcess.launch(binary);
                RedisMessageQueue queue = open(server.uri())) {
            queue.exists(EMAILS);
            server.pause();
            try {
                assertThat(catchThrowableOfType(OutcomeUnknownException.class, () -> queue.publish(EMAILS, MESSAGE)))
                        .hasMessageContaining("did not answer within 500 ms");
            } finally {
                server.resume();
            }
        }
    }

    private static void assertRefused(String uri, String advice) {
        try (RedisMessageQueue queue = open(uri)) {
            QueueRefusedException error =
                    catchThrowableOfType(QueueRefusedException.class, () -> queue.publish(EMAILS, MESSAGE));
            assertThat(error).hasMessageContaining(advice);
            for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain("-secret", "secret content");
            }
        }
    }

    private static RedisMessageQueue open(String uri) {
        RedisStreamConfig config = RedisStreamConfig.fromUri(uri).toBuilder()
                .connectionTimeout(Duration.ofMillis(1000))
                .commandTimeout(Duration.ofMillis(500))
                .build();
        return RedisMessageQueue.open(config, new JacksonMessageCodec());
    }
}
