package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** What is stored while messages are consumed, and how large amounts of them are dealt with. */
@ParameterizedClass
@MethodSource("binaries")
class RedisConsumingTest extends ConsumingOnRedis {

    @Test
    void acknowledgedEntriesLeaveTheStream() {
        try (RedisMessageQueue queue = open(config())) {
            publish(queue, 100);

            assertThat(queue.ackAll(queue.receive(EMAILS, 100, LONG))).isEmpty();

            assertThat(redis.number("XLEN", "emails")).isZero();
            assertThat(pending()).isZero();
        }
    }

    @Test
    void whatHasBecomeDueIsThereForWhoComesOnceAndDoesNotWait() {
        try (RedisMessageQueue queue = open(config())) {
            queue.receive(EMAILS, 1, Duration.ZERO);
            Instant due = Instant.now().plusMillis(300);
            queue.publish(EMAILS, Message.builder(NOTE, "x").notBefore(due).build());
            await().until(() -> Instant.now().isAfter(due.plusMillis(1)));
            redis.call("SCRIPT", "FLUSH"); // so that the script which makes it ready comes after the read

            assertThat(queue.receive(EMAILS, 1, Duration.ZERO)).hasSize(1);
        }
    }

    /** On a client of the caller's, where a script that Redis has forgotten may be slower than the reads beside it. */
    @Test
    void allThatHasBecomeDueIsThereForWhoAsksOneByOne() {
        Config redisson = new Config();
        redisson.setCodec(StringCodec.INSTANCE);
        redisson.useSingleServer().setAddress("redis://127.0.0.1:" + server.port());
        RedissonClient client = Redisson.create(redisson);
        try (RedisMessageQueue queue = RedisMessageQueue.on(client, config().build(), new JacksonMessageCodec())) {
            for (int round = 0; round < 10; round++) {
                Instant due = Instant.now().plusMillis(150);
                queue.publish(EMAILS, Message.builder(NOTE, "x").notBefore(due).build());
                publish(queue, 1);
                await().until(() -> Instant.now().isAfter(due.plusMillis(1)));
                redis.call("SCRIPT", "FLUSH");

                List<Delivery> deliveries = new ArrayList<>();
                for (List<Delivery> next = queue.receive(EMAILS, 1, Duration.ZERO);
                        !next.isEmpty();
                        next = queue.receive(EMAILS, 1, Duration.ZERO)) {
                    deliveries.addAll(next);
                }

                assertThat(deliveries).hasSize(2);
                queue.ackAll(deliveries);
            }
        } finally {
            client.shutdown();
        }
    }

    @Test
    void whoFindsNothingHasReadOnce() {
        try (RedisMessageQueue queue = open(config().pollInterval(Duration.ofMillis(10)))) {
            queue.receive(EMAILS, 1, Duration.ZERO);
            // The first maintenance also looks for consumers that have gone, after the receive.
            await().until(() -> redis.call("INFO", "commandstats").toString().contains("cmdstat_xinfo"));
            redis.call("CONFIG", "RESETSTAT");
            for (int i = 0; i < 3; i++) {
                Instant due = Instant.now().plusMillis(20); // as maintenance is then
                await().until(() -> Instant.now().isAfter(due));
                assertThat(queue.receive(EMAILS, 1, Duration.ZERO)).isEmpty();
            }

            assertThat(redis.call("INFO", "commandstats").toString())
                    .contains("cmdstat_xreadgroup:calls=3,")
                    .containsPattern("cmdstat_evalsha:calls=[34],"); // the timer may have one more, for who waits
        }
    }

    @Test
    void aQueueThatIsNotThereYetCostsNoReadThatFails() {
        try (RedisMessageQueue queue = open(config())) {
            assertThat(queue.receive(EMAILS, 1, Duration.ZERO)).isEmpty();

            assertThat(redis.call("INFO", "errorstats").toString()).doesNotContain("NOGROUP");
        }
    }

    @Test
    void whatElseTheConsumerHoldsInBetweenStays() {
        try (RedisMessageQueue queue = open(config())) {
            publish(queue, 50);
            List<Delivery> held = queue.receive(EMAILS, 50, LONG);

            assertThat(queue.ackAll(List.of(held.get(49), held.get(0)))).isEmpty();

            assertThat(redis.number("XLEN", "emails")).isEqualTo(48);
            assertThat(pending()).isEqualTo(48);
        }
    }

    /**
     * As after a fail-over to a replica that had heard of the first receive, and not of the second: what that had taken
     * goes to another consumer, and this one goes on.
     */
    @Test
    void whatLiesBetweenTwoReceivesMayBelongToAnotherConsumer() {
        try (RedisMessageQueue queue = open(config())) {
            publish(queue, 12);
            List<Delivery> deliveries = new ArrayList<>(queue.receive(EMAILS, 3, LONG));
            String known = lastDelivered();
            deliveries.addAll(queue.receive(EMAILS, 3, LONG));
            redis.call("XGROUP", "SETID", "emails", "scheduler_emails_group", known);
            List<?> taken = deliveries.subList(3, 6).stream()
                    .map(delivery -> ((RedisDelivery) delivery).held().entryId())
                    .toList();
            taken.forEach(entry -> redis.call("XACK", "emails", "scheduler_emails_group", entry));
            redis.call(
                    "XREADGROUP", "GROUP", "scheduler_emails_group", "another", "COUNT", 3, "STREAMS", "emails", ">");
            deliveries.addAll(queue.receive(EMAILS, 3, LONG));

            assertThat(queue.ackAll(deliveries)).containsExactlyElementsOf(deliveries.subList(3, 6));

            assertThat(redis.number("XLEN", "emails")).isEqualTo(6);
            assertThat(pending()).isEqualTo(3);
        }
    }

    private String lastDelivered() {
        List<?> group = (List<?>) ((List<?>) redis.call("XINFO", "GROUPS", "emails")).get(0);
        return (String) group.get(group.indexOf("last-delivered-id") + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void ofAListWhatAnotherConsumerHoldsIsLeftToIt(int theirs) {
        try (RedisMessageQueue queue = open(config())) {
            publish(queue, 3);
            List<Delivery> held = queue.receive(EMAILS, 3, LONG);
            List<?> entries = (List<?>) redis.call("XRANGE", "emails", "-", "+");
            Object entry = ((List<?>) entries.get(theirs)).get(0);
            redis.call("XCLAIM", "emails", "scheduler_emails_group", "another", 0, entry);

            assertThat(queue.ackAll(held)).containsExactly(held.get(theirs));

            assertThat(redis.number("XLEN", "emails")).isEqualTo(1);
            assertThat(pending()).isEqualTo(1);
        }
    }

    /** XACK would count it once, and so it would seem that another one of the list had been stale. */
    @Test
    void aDeliveryThatIsInTheListTwiceIsAcknowledgedAndNotStale() {
        try (RedisMessageQueue queue = open(config())) {
            publish(queue, 1_000);
            publish(queue, 3);
            List<Delivery> held = new ArrayList<>(queue.receive(EMAILS, 1_000, LONG));
            held.addAll(queue.receive(EMAILS, 3, LONG));
            List<Delivery> listed = new ArrayList<>(held);
            listed.add(held.get(0)); // more than a script's fill from the other one
            listed.add(held.get(1001));

            assertThat(queue.ackAll(listed)).isEmpty();

            assertThat(redis.number("XLEN", "emails")).isZero();
            assertThat(pending()).isZero();
        }
    }

    @Test
    void aDeliveryOfAnotherConsumerCannotBeSettled() {
        try (RedisMessageQueue first = open(config().consumerId("first"));
                RedisMessageQueue second = open(config().consumerId("second"))) {
            publish(first, 1);
            Delivery delivery = first.receive(EMAILS, 1, LONG).get(0);
            String entry = (String) ((List<?>) ((List<?>) redis.call("XRANGE", "emails", "-", "+")).get(0)).get(0);
            second.exists(EMAILS);
            // Handed over behind the first one's back, under the same id, as a group does that was made anew.
            redis.call("XCLAIM", "emails", "scheduler_emails_group", "second", 0, entry);

            assertThat(delivery.extendLease()).isFalse();
            assertThat(delivery.nack()).isFalse();
            assertThat(delivery.reject("mine")).isFalse();
            assertThat(delivery.ack()).isFalse();

            assertThat(redis.number("XLEN", "emails")).isEqualTo(1);
            assertThat(pending()).isEqualTo(1);
            assertThat(redis.number("EXISTS", "{emails}:dead", "{emails}:delayed"))
                    .isZero();
        }
    }

    @Test
    void messagesOfEqualContentAreDelayedEachForItself() {
        try (RedisMessageQueue queue = open(config())) {
            Message message = Message.of(NOTE, "x");
            queue.publish(EMAILS, message);
            redis.strings("KEYS", "*:ids:*").forEach(ids -> redis.call("DEL", ids));
            queue.publish(EMAILS, message);

            for (Delivery delivery : queue.receive(EMAILS, 2, LONG)) {
                assertThat(delivery.nack(Duration.ofHours(1))).isTrue();
            }

            assertThat(queue.stats(EMAILS).delayed()).isEqualTo(2);
        }
    }

    @Test
    void aListKeepsItsOrderAlsoWhenItIsDelayed() {
        try (RedisMessageQueue queue = open(config())) {
            Instant due = Instant.now().plusMillis(200);
            List<Message> list = Stream.of("z", "a", "m", "b")
                    .map(id -> Message.builder(NOTE, "x").id(id).notBefore(due).build())
                    .toList();
            queue.publishAll(EMAILS, list);

            List<String> received = new ArrayList<>();
            while (received.size() < 4) {
                queue.receive(EMAILS, 4, LONG)
                        .forEach(delivery -> received.add(delivery.message().id()));
            }
            assertThat(received).containsExactly("z", "a", "m", "b");
        }
    }

    @Test
    void largeLettersAreListedInPagesAndAllPutBack() {
        try (RedisMessageQueue queue = open(config())) {
            String large = "x".repeat(1_000_000);
            for (int i = 0; i < 12; i++) {
                queue.publish(EMAILS, Message.of(NOTE, large));
                queue.receive(EMAILS, 1, LONG).get(0).reject("large");
            }

            assertThat(queue.deadLetters(EMAILS, 100)).hasSizeBetween(1, 6);
            assertThat(queue.redrive(EMAILS, 100)).isEqualTo(12);
        }
    }

    @Test
    void aLargeBacklogOfDueMessagesDoesNotHoldUpAReceive() {
        try (RedisMessageQueue queue = open(config())) {
            redis.call(
                    "EVAL",
                    "for i = 1, 100000 do redis.call('ZADD', KEYS[1], 1, cjson.encode({tostring(i), 'data', ARGV[1]})) end",
                    1,
                    "{emails}:delayed",
                    data("m-1"));

            assertThat(queue.receive(EMAILS, 100, Duration.ZERO)).isNotEmpty();

            assertThat(redis.number("ZCARD", "{emails}:delayed")).isPositive();
        }
    }
}
