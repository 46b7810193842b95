package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The users of docs/security.md: each can do its work, needs all that it may, and can do nothing else. */
@ParameterizedClass(name = "{0}")
@MethodSource("binaries")
class RedisAclTest {

    private static final MessageType<String> NOTE = MessageType.of("note", String.class);
    private static final QueueName EMAILS = QueueName.of("emails");
    private static final QueueName OTHERS = QueueName.of("others");
    private static final Duration LONG = Duration.ofSeconds(5);

    @Parameter
    Path binary;

    private RedisServerProcess server;
    private RespClient admin;

    static Stream<Path> binaries() {
        return ConsumingOnRedis.binaries();
    }

    @BeforeEach
    void start() {
        server = RedisServerProcess.launch(binary);
        admin = server.client();
        documented().forEach(line -> admin.call((Object[]) line.split(" ")));
    }

    @AfterEach
    void stop() {
        admin.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(RedisRole.class)
    void theDocumentAndTheErrorsNameTheSameCommands(RedisRole role) {
        List<String> granted = granted(role);

        assertThat(granted).startsWith(RedisRole.TO_CONNECT.toArray(String[]::new));
        assertThat(granted.subList(2, granted.size())).isEqualTo(role.commands());
    }

    @ParameterizedTest
    @EnumSource(RedisRole.class)
    void eachRoleCanDoItsWork(RedisRole role) {
        prepare();
        work(role);
    }

    @ParameterizedTest
    @EnumSource(RedisRole.class)
    void eachCommandIsNeeded(RedisRole role) {
        for (String command : granted(role)) {
            prepare();
            List<String> lacking = new ArrayList<>(List.of(rule(role).split(" ")));
            lacking.remove("+" + command);
            admin.call(lacking.toArray());

            assertThat(catchThrowable(() -> work(role)))
                    .as("%s without %s", role, command)
                    .isNotNull();
        }
    }

    /** There is no replica, so it cannot be confirmed; but it is allowed to be asked for, and stored. */
    @ParameterizedTest
    @ValueSource(strings = {"", "+eval", "+wait"})
    void publicationsThatWaitForReplicasNeedTwoMore(String lacking) {
        prepare();
        List<String> more = new ArrayList<>(List.of("+eval", "+wait"));
        more.remove(lacking);
        admin.call(Stream.concat(Stream.of("ACL", "SETUSER", user(RedisRole.PUBLISHER)), more.stream())
                .toArray());
        RedisStreamConfig config = RedisStreamConfig.builder()
                .port(server.port())
                .durability(Durability.replicas(1))
                .commandTimeout(LONG)
                .build();
        try (RedisMessageQueue queue = open(config, RedisRole.PUBLISHER)) {
            assertThatThrownBy(() -> queue.publish(EMAILS, Message.of(NOTE, "x")))
                    .isInstanceOf(lacking.isEmpty() ? OutcomeUnknownException.class : QueueRefusedException.class);
        }
    }

    @Test
    void whatOthersDoIsRefusedAndNamesWhatToGrant() {
        prepare();
        try (RedisMessageQueue publisher = open(RedisRole.PUBLISHER);
                RedisMessageQueue consumer = open(RedisRole.CONSUMER);
                RedisMessageQueue operator = open(RedisRole.OPERATOR)) {
            Consumer<RedisMessageQueue> publish = queue -> queue.publish(EMAILS, Message.of(NOTE, "x"));
            Consumer<RedisMessageQueue> publishLater = queue -> queue.publish(EMAILS, later(60_000));
            Consumer<RedisMessageQueue> receive = queue -> queue.receive(EMAILS, 1, Duration.ZERO);
            Consumer<RedisMessageQueue> receiveWaiting = queue -> queue.receive(EMAILS, 1, Duration.ofMillis(100));
            List<Consumer<RedisMessageQueue>> operating = List.of(
                    queue -> queue.delete(EMAILS),
                    queue -> queue.purge(EMAILS),
                    queue -> queue.stats(EMAILS),
                    queue -> queue.redrive(EMAILS, 1),
                    queue -> queue.purgeDeadLetters(EMAILS));

            assertRefused(publisher, "+xreadgroup", receive, receiveWaiting);
            assertRefused(publisher, "+xsetid", queue -> queue.deadLetters(EMAILS, 1));
            operating.forEach(call -> assertRefused(publisher, "+xsetid", call));
            assertRefused(consumer, "+hmget", publish, publishLater);
            operating.forEach(call -> assertRefused(consumer, "+xsetid", call));
            assertRefused(operator, "+hmget", publish, publishLater);
            assertRefused(operator, "+xreadgroup", receive, receiveWaiting);
        }
        assertThat(admin.number("XLEN", "emails")).isEqualTo(3);
        assertThat(admin.number("XLEN", "{emails}:dead")).isEqualTo(2);
    }

    @Test
    void otherQueuesAreOutOfReach() {
        try (RedisMessageQueue publisher = open(RedisRole.PUBLISHER);
                RedisMessageQueue consumer = open(RedisRole.CONSUMER);
                RedisMessageQueue operator = open(RedisRole.OPERATOR)) {
            assertRefused(publisher, "+hmget", queue -> queue.publish(OTHERS, Message.of(NOTE, "x")));
            assertRefused(consumer, "+xreadgroup", queue -> queue.receive(OTHERS, 1, Duration.ZERO));
            assertRefused(operator, "+xsetid", queue -> queue.delete(OTHERS));
        }
        assertThat(admin.strings("KEYS", "*")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RedisRole.class)
    void everythingElseIsDenied(RedisRole role) {
        try (RespClient client = server.client()) {
            client.call("AUTH", user(role), password(role));
            for (String command : List.of(
                    "FLUSHALL",
                    "KEYS *",
                    "GET emails",
                    "SET emails x",
                    "DEL emails",
                    "CONFIG GET *",
                    "ACL LIST",
                    "CLIENT LIST",
                    "SCRIPT FLUSH",
                    "SHUTDOWN",
                    "XTRIM emails MAXLEN 0",
                    "MONITOR",
                    "REPLICAOF NO ONE",
                    "PUBLISH c x",
                    "SUBSCRIBE c",
                    "XADD others * f v",
                    "EXISTS others")) {
                assertThat(String.valueOf(client.callOrError((Object[]) command.split(" "))))
                        .as("%s: %s", role, command)
                        .startsWith("NOPERM");
            }
            String hidden = (String) client.call("SCRIPT", "LOAD", "return redis.call('FLUSHALL')");
            assertThat(String.valueOf(client.callOrError("EVALSHA", hidden, 0)))
                    .containsAnyOf("can't run this command", "has no permissions to run");
        }
    }

    @Test
    void aClusterTakesOnePermissionMore() {
        try (RedisClusterProcess cluster = RedisClusterProcess.launch()) {
            cluster.onEachNode(node -> {
                documented().forEach(line -> node.call((Object[]) line.split(" ")));
                for (RedisRole role : RedisRole.values()) {
                    node.call("ACL", "SETUSER", user(role), "+cluster|nodes");
                }
            });
            RedisStreamConfig base = RedisStreamConfig.fromUri(cluster.uri());
            try (RedisMessageQueue publisher = open(base, RedisRole.PUBLISHER);
                    RedisMessageQueue consumer = open(base, RedisRole.CONSUMER);
                    RedisMessageQueue operator = open(base, RedisRole.OPERATOR)) {
                publisher.publish(EMAILS, Message.of(NOTE, "x"));
                assertThat(consumer.receive(EMAILS, 1, LONG)).hasSize(1).allMatch(Delivery::ack);
                assertThat(operator.size(EMAILS)).isZero();
            }
        }
    }

    /** Three messages that are ready, two dead letters, and a server that knows no script. */
    private void prepare() {
        admin.call("FLUSHALL");
        admin.call("SCRIPT", "FLUSH");
        try (RedisMessageQueue queue = RedisMessageQueue.open(
                RedisStreamConfig.builder().port(server.port()).build(), new JacksonMessageCodec())) {
            for (int i = 0; i < 5; i++) {
                queue.publish(EMAILS, Message.of(NOTE, "x"));
            }
            queue.receive(EMAILS, 2, LONG).forEach(delivery -> delivery.reject("no"));
        }
        admin.call("SCRIPT", "FLUSH");
    }

    private void work(RedisRole role) {
        switch (role) {
            case PUBLISHER -> publish();
            case CONSUMER -> consume();
            case OPERATOR -> operate();
        }
    }

    private void publish() {
        // Turning the ring of ids, once in a window, takes permissions of its own.
        admin.strings("KEYS", "{emails}:ids:*").forEach(key -> admin.call("DEL", key));
        try (RedisMessageQueue queue = open(RedisRole.PUBLISHER)) {
            queue.publish(EMAILS, Message.of(NOTE, "x"));
            queue.publishAll(EMAILS, List.of(Message.of(NOTE, "x"), later(60_000)));
            admin.call("DEL", "emails", "{emails}:delayed");
            queue.publish(EMAILS, later(60_000));
            queue.publishAsync(EMAILS, Message.of(NOTE, "x")).join();
        }
        assertThat(admin.number("XLEN", "emails")).isEqualTo(1);
        assertThat(admin.number("ZCARD", "{emails}:delayed")).isEqualTo(1);
    }

    private void consume() {
        try (RedisMessageQueue queue = open(RedisRole.CONSUMER)) {
            Delivery first = one(queue);
            assertThat(first.extendLease()).isTrue();
            assertThat(first.ack()).isTrue();
            assertThat(one(queue).reject("no")).isTrue();
            // Handed back, due a moment later, and left to its lease then.
            assertThat(one(queue).nack(Duration.ofMillis(10))).isTrue();
            assertThat(one(queue).attempt()).isEqualTo(2);
            Delivery last = one(queue);
            assertThat(last.attempt()).isEqualTo(3);
            assertThat(last.ack()).isTrue();
        }
        assertThat((List<?>) admin.call("XINFO", "CONSUMERS", "emails", "scheduler_emails_group"))
                .isEmpty();
        admin.call("DEL", "emails");
        try (RedisMessageQueue queue = open(RedisRole.CONSUMER)) {
            assertThat(queue.receive(EMAILS, 1, Duration.ofMillis(50))).isEmpty();
        }
    }

    private static Delivery one(RedisMessageQueue queue) {
        List<Delivery> deliveries = queue.receive(EMAILS, 1, Duration.ofSeconds(2));
        assertThat(deliveries).hasSize(1);
        return deliveries.get(0);
    }

    private void operate() {
        try (RedisMessageQueue queue = open(RedisRole.OPERATOR)) {
            assertThat(queue.exists(EMAILS)).isTrue();
            assertThat(queue.create(EMAILS)).isFalse();
            admin.call("ZADD", "{emails}:delayed", "1", "[]");
            assertThat(queue.stats(EMAILS).dead()).isEqualTo(2);
            assertThat(queue.health().details()).containsKey("version");
            assertThat(queue.health(EMAILS).problems()).noneMatch(problem -> problem.startsWith("Failed: "));
            List<DeadLetter> letters = queue.deadLetters(EMAILS, 10);
            assertThat(queue.redrive(EMAILS, List.of(letters.get(0).id()))).isEqualTo(1);
            assertThat(queue.redrive(EMAILS, 10)).isEqualTo(1);
            assertThat(queue.purge(EMAILS)).isEqualTo(6);
            assertThat(queue.purgeDeadLetters(EMAILS)).isZero();
            assertThat(queue.delete(EMAILS)).isTrue();
            assertThat(queue.create(EMAILS)).isTrue();
        }
    }

    private static Message later(long millis) {
        return Message.builder(NOTE, "x")
                .notBefore(Instant.now().plusMillis(millis))
                .build();
    }

    @SafeVarargs
    private static void assertRefused(RedisMessageQueue queue, String toGrant, Consumer<RedisMessageQueue>... calls) {
        for (Consumer<RedisMessageQueue> call : calls) {
            assertThatThrownBy(() -> call.accept(queue))
                    .isInstanceOf(QueueRefusedException.class)
                    .hasMessageContaining(toGrant)
                    .hasMessageContaining("docs/security.md");
        }
    }

    private RedisMessageQueue open(RedisRole role) {
        return open(RedisStreamConfig.builder().port(server.port()).build(), role);
    }

    private static RedisMessageQueue open(RedisStreamConfig base, RedisRole role) {
        return RedisMessageQueue.open(
                base.toBuilder()
                        .username(user(role))
                        .password(password(role))
                        .lease(Duration.ofMillis(300))
                        .pollInterval(Duration.ofMillis(20))
                        .build(),
                new JacksonMessageCodec());
    }

    private static String user(RedisRole role) {
        return "mail-" + role.name().toLowerCase(Locale.ROOT);
    }

    private static String password(RedisRole role) {
        return role.name().toLowerCase(Locale.ROOT) + "-password";
    }

    private static List<String> granted(RedisRole role) {
        return Stream.of(rule(role).split(" "))
                .filter(part -> part.startsWith("+"))
                .map(part -> part.substring(1))
                .toList();
    }

    private static String rule(RedisRole role) {
        return documented().stream()
                .filter(line -> line.contains(" " + user(role) + " "))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> documented() {
        try (Stream<String> lines = Files.lines(Path.of("..", "docs", "security.md"))) {
            return lines.filter(line -> line.startsWith("ACL SETUSER mail-")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
