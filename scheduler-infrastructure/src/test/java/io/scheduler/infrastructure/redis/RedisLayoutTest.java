package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageBuilder;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docs/redis-layout.md} promises to programs in other languages. */
class RedisLayoutTest {

    private static final MessageType<String> NOTE = MessageType.of("note", String.class);
    private static final QueueName EMAILS = QueueName.of("emails");
    private static final Instant MADE = Instant.parse("2026-11-23T10:15:30.123456Z");

    private static final Duration LONG_WINDOW = Duration.ofDays(7);

    private static RedisServerProcess server;
    private static RespClient redis;

    @BeforeAll
    static void start() {
        server = RedisServerProcess.launch();
        redis = server.client();
    }

    @AfterAll
    static void stop() {
        redis.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        redis.call("FLUSHALL");
    }

    @Test
    void anEntryHasTheFourFieldsAndTheCorrelationIdWhereThereIsOne() {
        try (RedisMessageQueue queue = open(RedisStreamConfig.builder())) {
            queue.publish(EMAILS, message("m-1").correlationId("order-7 ✓").build());
            queue.publish(EMAILS, message("m-2").build());
        }

        List<?> entries = (List<?>) redis.call("XRANGE", "emails", "-", "+");
        assertThat(fieldsOf(entries.get(0)))
                .isEqualTo(List.of(
                        "message_id",
                        "m-1",
                        "data",
                        "{\"message_id\":\"m-1\",\"type\":\"note\",\"timestamp\":\"2026-11-23T10:15:30.123456Z\","
                                + "\"retry_count\":0,\"correlation_id\":\"order-7 ✓\",\"payload\":\"hello\"}",
                        "timestamp",
                        "2026-11-23T10:15:30.123456Z",
                        "retry_count",
                        "0",
                        "correlation_id",
                        "order-7 ✓"));
        assertThat(fieldsOf(entries.get(1)))
                .containsSequence("message_id", "m-2")
                .doesNotContain("correlation_id");
    }

    /** One of them was published before, and is passed over. */
    @Test
    void whatSomeMessagesOfAListHaveStaysWithThem() {
        Instant due = Instant.now().plus(Duration.ofHours(1));
        try (RedisMessageQueue queue = open(RedisStreamConfig.builder())) {
            queue.publish(EMAILS, message("m-1").build());
            queue.publishAll(
                    EMAILS,
                    List.of(
                            message("m-0").build(),
                            message("m-1").correlationId("passed over").build(),
                            message("m-2").correlationId("order-2").build(),
                            message("m-3").build(),
                            message("m-4")
                                    .notBefore(due)
                                    .correlationId("order-4")
                                    .build(),
                            message("other-5").correlationId("order-5").build(),
                            message("other-6").build()));
        }

        List<?> entries = (List<?>) redis.call("XRANGE", "emails", "-", "+");
        assertThat(entries.stream()
                        .map(RedisLayoutTest::fieldsOf)
                        .map(fields -> fields.get(1) + " " + (fields.size() > 8 ? fields.get(9) : "")))
                .containsExactly("m-1 ", "m-0 ", "m-2 order-2", "m-3 ", "other-5 order-5", "other-6 ");
        assertThat(redis.strings("ZRANGE", "{emails}:delayed", 0, -1))
                .singleElement()
                .asString()
                .contains("\"message_id\",\"m-4\"")
                .endsWith("\"correlation_id\",\"order-4\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data", // and no timestamp
                "data time rest", // as it was in an older version
                "data time 1 now", // which is not how it is told
                "data time 1",
                "data time 2 0_0_",
                "data time 0 0_0_",
                "data time first 0_0_"
            })
    void theScriptStoresNothingWhereItsValuesDoNotFitItsMessages(String values) {
        List<Object> call = new ArrayList<>(List.of("EVAL", RedisScript.PUBLISH.source(), 6));
        call.addAll(List.of("emails", "{emails}:delayed", "{emails}:0", "{emails}:1", "{emails}:2", "{emails}:3"));
        call.addAll(List.of("scheduler_emails_group", 120_000, 1, "m-", "1"));
        for (String value : values.split(" ")) {
            call.add(value.replace('_', ' '));
        }

        assertThatThrownBy(() -> redis.call(call.toArray())).hasMessageContaining("ERR");

        assertThat(redis.strings("KEYS", "*")).isEmpty();
    }

    @Test
    void aDelayedMessageIsAMemberOfTheDelayedSetScoredByItsTime() {
        Instant due = Instant.now().plus(Duration.ofDays(400)).truncatedTo(ChronoUnit.MILLIS);
        try (RedisMessageQueue queue = open(RedisStreamConfig.builder())) {
            queue.publish(EMAILS, message("m-1").notBefore(due).build());
        }

        List<String> delayed = redis.strings("ZRANGE", "{emails}:delayed", 0, -1, "WITHSCORES");
        assertThat(delayed.get(0))
                .matches(member -> member.matches("\\[\"\\d{16}-00001\",.*"), "a place in front")
                .contains(",\"message_id\",\"m-1\",\"data\",\"{\\\"message_id\\\":\\\"m-1\\\",")
                .endsWith("\"timestamp\",\"2026-11-23T10:15:30.123456Z\",\"retry_count\",\"0\"]");
        assertThat(new BigDecimal(delayed.get(1)).longValueExact()).isEqualTo(due.toEpochMilli());
        assertThat(redis.number("XLEN", "emails")).isZero();
    }

    @Test
    void theStreamOfAQueueHasItsNameBehindThePrefixAndItsCompanionsShareItsClusterSlot() {
        try (RedisMessageQueue queue = open(withWindow(LONG_WINDOW).keyPrefix("app:"))) {
            queue.publish(EMAILS, message("m-1").build());
            queue.publish(
                    EMAILS,
                    message("m-2").notBefore(Instant.now().plusSeconds(60)).build());
        }

        List<String> keys = redis.strings("KEYS", "*");
        assertThat(keys)
                .hasSize(3)
                .contains("app:emails", "{app:emails}:delayed")
                .anyMatch(key -> key.matches("\\{app:emails}:ids:604800000:[0-3]"));
        assertThat(keys.stream().map(ClusterSlots::of).distinct()).hasSize(1);
    }

    @Test
    void aQueueThatIsCreatedHasAGroupThatBeginsAtTheFirstEntry() {
        try (RedisMessageQueue queue = open(RedisStreamConfig.builder().consumerGroupPrefix("billing"))) {
            queue.create(EMAILS);
        }

        List<?> group = (List<?>) ((List<?>) redis.call("XINFO", "GROUPS", "emails")).get(0);
        assertThat(group.toString()).contains("billing_emails_group", "last-delivered-id, 0-0");
    }

    private static RedisStreamConfigBuilder withWindow(Duration window) {
        return RedisStreamConfig.builder().deduplicationWindow(window);
    }

    @Test
    void aPurgedStreamGoesOnWithItsIds() {
        try (RedisMessageQueue queue = open(RedisStreamConfig.builder())) {
            queue.publish(EMAILS, message("m-1").build());
            String before = (String) ((List<?>) ((List<?>) redis.call("XRANGE", "emails", "-", "+")).get(0)).get(0);
            queue.purge(EMAILS);

            assertThat(redis.call("XINFO", "STREAM", "emails").toString()).contains("last-generated-id, " + before);
        }
    }

    @Test
    void deletingAQueueLeavesNoKeyBehind() {
        try (RedisMessageQueue queue = open(RedisStreamConfig.builder())) {
            queue.publish(EMAILS, message("m-1").build());
            queue.publish(
                    EMAILS,
                    message("m-2").notBefore(Instant.now().plusSeconds(60)).build());

            assertThat(queue.delete(EMAILS)).isTrue();
        }

        assertThat(redis.strings("KEYS", "*")).isEmpty();
    }

    private static RedisMessageQueue open(RedisStreamConfigBuilder config) {
        return RedisMessageQueue.open(config.port(server.port()).build(), new JacksonMessageCodec());
    }

    private static MessageBuilder message(String id) {
        return Message.builder(NOTE, "hello").id(id).timestamp(MADE);
    }

    private static List<Object> fieldsOf(Object entry) {
        return List.copyOf((List<?>) ((List<?>) entry).get(1));
    }
}
