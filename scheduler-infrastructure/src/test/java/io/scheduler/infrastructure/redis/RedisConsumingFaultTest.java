package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueRefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Consuming while keys vanish, servers die, replies are lost, memory is full and permissions are missing. */
@ParameterizedClass
@MethodSource("binaries")
class RedisConsumingFaultTest extends ConsumingOnRedis {

    @Test
    void whenMemoryIsFullMessagesCanStillBeSettledAndRecovered() {
        try (RedisMessageQueue queue = open(config().lease(SHORT).maxAttempts(5))) {
            publish(queue, 3);
            queue.publish(
                    EMAILS,
                    Message.builder(NOTE, "x")
                            .notBefore(Instant.now().plusMillis(300))
                            .build());
            List<Delivery> held = queue.receive(EMAILS, 2, LONG);
            redis.call("CONFIG", "SET", "maxmemory", "1");

            assertThat(held.get(0).nack()).isTrue();
            assertThat(held.get(1).reject("full")).isTrue();
            assertThat(queue.redrive(EMAILS, 1)).isEqualTo(1);
            try (RedisMessageQueue newcomer = open(config().lease(SHORT))) {
                List<Delivery> taken = new ArrayList<>();
                while (taken.size() < 4) {
                    taken.addAll(newcomer.receive(EMAILS, 4, LONG));
                }
            }
            // Nothing was settled: all four leases end, and the messages come again.
            List<Delivery> again = new ArrayList<>();
            while (again.size() < 4) {
                List<Delivery> more = queue.receive(EMAILS, 4, LONG);
                assertThat(queue.ackAll(more)).isEmpty();
                again.addAll(more);
            }
            assertThat(queue.size(EMAILS)).isZero();
        }
    }

    @Test
    void aReplyThatIsLostOnTheWireComesAgainWithTheLease() throws InterruptedException {
        try (TcpProxy proxy = TcpProxy.to(server.port());
                RedisMessageQueue queue = open(config().port(proxy.port()).lease(SHORT))) {
            queue.create(EMAILS);
            assertThat(queue.receive(EMAILS, 1, Duration.ofMillis(10))).isEmpty();
            publish(queue, 1);
            CountDownLatch reset = proxy.resetInsteadOfReplyTo("XREADGROUP");

            List<Delivery> received = new ArrayList<>();
            await().until(() -> {
                try {
                    received.addAll(queue.receive(EMAILS, 1, Duration.ofSeconds(1)));
                } catch (QueueException e) {
                    assertThat(e).isNotInstanceOf(QueueRefusedException.class);
                }
                return !received.isEmpty();
            });

            assertThat(reset.await(0, TimeUnit.SECONDS)).isTrue();
            assertThat(received.get(0).attempt()).isEqualTo(2);
            assertThat(received.get(0).ack()).isTrue();
        }
    }

    @Test
    void anAcknowledgementWhoseReplyIsLostWasDone() {
        try (TcpProxy proxy = TcpProxy.to(server.port());
                RedisMessageQueue queue = open(config().port(proxy.port()))) {
            publish(queue, 2);
            List<Delivery> held = queue.receive(EMAILS, 2, LONG);
            assertThat(held.get(0).ack()).isTrue();
            proxy.resetInsteadOfReplyTo("EVALSHA");

            assertThat(catchThrowableOfType(OutcomeUnknownException.class, held.get(1)::ack))
                    .isNotNull();

            assertThat(held.get(1).ack()).isFalse();
            assertThat(redis.number("XLEN", "emails")).isZero();
        }
    }

    @Test
    void aServerThatComesBackEmptyIsServedAnew() {
        try (RedisServerProcess forgetful = RedisServerProcess.launch(binary, "--appendonly", "no");
                RedisMessageQueue queue = open(config().port(forgetful.port()))) {
            publish(queue, 1);
            Delivery before = queue.receive(EMAILS, 1, LONG).get(0);
            forgetful.kill();
            forgetful.start();

            await().until(() -> {
                try {
                    publish(queue, 1);
                    return true;
                } catch (QueueException e) {
                    return false;
                }
            });

            Delivery after = queue.receive(EMAILS, 1, LONG).get(0);
            assertThat(before.ack()).isFalse();
            assertThat(after.ack()).isTrue();
        }
    }

    @Test
    void aPermissionThatIsMissingIsNoticedBeforeAMessageIsMoved() {
        redis.call("ACL", "SETUSER", "partly", "on", ">secret", "~*", "+@all", "-xack");
        try (RedisMessageQueue queue = open(config().username("partly").password("secret"))) {
            publish(queue, 1);
            Delivery delivery = queue.receive(EMAILS, 1, LONG).get(0);

            QueueException error = catchThrowableOfType(QueueException.class, () -> delivery.reject("x"));

            assertThat(error).isInstanceOf(QueueRefusedException.class).hasMessageContaining("ACL");
            assertThat(queue.stats(EMAILS).dead()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLUSHALL", "DEL emails", "XGROUP DESTROY emails scheduler_emails_group", "SCRIPT FLUSH"})
    void whoWaitsSurvivesKeysThatVanish(String command) {
        try (RedisMessageQueue queue = open(config())) {
            CompletableFuture<List<Delivery>> waiting =
                    CompletableFuture.supplyAsync(() -> queue.receive(EMAILS, 1, LONG));
            await().until(() -> redis.call("CLIENT", "LIST").toString().contains("flags=b"));
            redis.call((Object[]) command.split(" "));

            publish(queue, 1);

            assertThat(waiting.join()).hasSize(1);
            assertThat(queue.ackAll(waiting.join())).isEmpty();
        }
    }

    @Test
    void whoSettlesWhatHasVanishedIsToldThatItIsStale() {
        try (RedisMessageQueue queue = open(config())) {
            publish(queue, 2);
            List<Delivery> held = queue.receive(EMAILS, 2, LONG);
            redis.call("FLUSHALL");

            assertThat(queue.ackAll(held)).containsExactlyElementsOf(held);
            assertThat(held.get(0).nack()).isFalse();
            assertThat(held.get(0).reject("gone")).isFalse();
            assertThat(held.get(0).extendLease()).isFalse();
            assertThat(redis.strings("KEYS", "*")).isEmpty();
        }
    }

    @Test
    void aGroupThatIsMadeAnewDoesNotLetOldDeliveriesSettleNewOnes() {
        try (RedisMessageQueue queue = open(config())) {
            publish(queue, 1);
            Delivery before = queue.receive(EMAILS, 1, LONG).get(0);
            redis.call("XGROUP", "DESTROY", "emails", "scheduler_emails_group");

            Delivery after = queue.receive(EMAILS, 1, LONG).get(0);

            assertThat(before.ack()).isFalse();
            assertThat(after.ack()).isTrue();
        }
    }

    @Test
    void aGroupThatSomebodyElseHasMadeAnewDoesNotLetOldDeliveriesSettleNewOnes() {
        try (RedisMessageQueue queue = open(config())) {
            publish(queue, 2);
            List<Delivery> before = queue.receive(EMAILS, 2, LONG);
            redis.call("XGROUP", "DESTROY", "emails", "scheduler_emails_group");
            redis.call("XGROUP", "CREATE", "emails", "scheduler_emails_group", "0");
            publish(queue, 1);

            List<Delivery> after = new ArrayList<>();
            while (after.size() < 3) {
                after.addAll(queue.receive(EMAILS, 3, LONG));
            }

            assertThat(queue.ackAll(before)).containsExactlyElementsOf(before);
            assertThat(after).extracting(Delivery::attempt).containsOnly(1);
            assertThat(queue.ackAll(after)).isEmpty();
            assertThat(queue.size(EMAILS)).isZero();
        }
    }

    @Test
    void messagesSurviveAServerThatIsKilledWhileTheyAreInFlight() {
        try (RedisMessageQueue queue = open(config().lease(SHORT))) {
            publish(queue, 3);
            assertThat(queue.receive(EMAILS, 2, LONG)).hasSize(2);
            server.kill();
            server.start();

            List<String> received = new ArrayList<>();
            await().until(() -> {
                try {
                    for (Delivery delivery : queue.receive(EMAILS, 10, SHORT)) {
                        assertThat(delivery.ack()).isTrue();
                        received.add(delivery.message().id());
                    }
                } catch (QueueException e) {
                    assertThat(e).isNotInstanceOf(QueueRefusedException.class);
                }
                return received.size() == 3;
            });
            assertThat(received).doesNotHaveDuplicates();
        }
    }
}
