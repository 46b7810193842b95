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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Moves of a message that end in the middle: it is never in no place. */
@ParameterizedClass
@MethodSource("binaries")
class RedisMoveFaultTest extends ConsumingOnRedis {

    /** What is forbidden in turn; each move needs some of them. */
    private static final List<String> COMMANDS = List.of("xadd", "xack", "xdel", "zadd", "zrem", "xautoclaim");

    /** As a field; the data of the message says it again, with a colon between. */
    private static final Pattern MESSAGE_ID = Pattern.compile("message_id[\", ]+([A-Za-z0-9_-]+)");

    /** Every way by which a message gets from one key, or one end of the stream, to another. */
    enum Move {
        HANDING_BACK {
            @Override
            void make(RedisMessageQueue queue, Delivery held) {
                held.nack();
            }
        },
        HANDING_BACK_WITH_A_DELAY {
            @Override
            void make(RedisMessageQueue queue, Delivery held) {
                held.nack(Duration.ofHours(1));
            }
        },
        REJECTING {
            @Override
            void make(RedisMessageQueue queue, Delivery held) {
                held.reject("of no use");
            }
        },
        REDRIVING {
            @Override
            void prepare(RedisMessageQueue queue, Delivery held) {
                held.reject("of no use");
            }

            @Override
            void make(RedisMessageQueue queue, Delivery held) {
                queue.redrive(EMAILS, 1);
            }
        },
        PROMOTING {
            @Override
            void prepare(RedisMessageQueue queue, Delivery held) {
                held.nack(Duration.ofMillis(1));
            }

            @Override
            void make(RedisMessageQueue queue, Delivery held) {
                queue.receive(EMAILS, 1, Duration.ofMillis(50));
            }
        },
        RECLAIMING {
            @Override
            void make(RedisMessageQueue queue, Delivery held) {
                queue.receive(EMAILS, 1, Duration.ofMillis(1200));
            }
        };

        void prepare(RedisMessageQueue queue, Delivery held) {}

        abstract void make(RedisMessageQueue queue, Delivery held);
    }

    @ParameterizedTest
    @EnumSource(Move.class)
    void aPermissionThatIsMissingInTheMiddleLosesNothing(Move move) {
        Duration lease = move == Move.RECLAIMING ? SHORT : Duration.ofMinutes(1);
        for (String missing : COMMANDS) {
            redis.call("FLUSHALL");
            redis.call("ACL", "SETUSER", "partly", "on", ">secret", "~*", "+@all");
            try (RedisMessageQueue queue =
                    open(config().username("partly").password("secret").lease(lease))) {
                publish(queue, 1);
                Delivery held = queue.receive(EMAILS, 1, LONG).get(0);
                move.prepare(queue, held);
                List<String> before = places();
                redis.call("ACL", "SETUSER", "partly", "-" + missing);

                QueueException error = catchThrowableOfType(QueueException.class, () -> move.make(queue, held));

                List<String> after = places();
                assertThat(after)
                        .as(missing)
                        .isNotEmpty()
                        .allMatch(held.message().id()::equals);
                if (error != null) {
                    boolean moved = after.size() != before.size();
                    assertThat(error)
                            .as(missing)
                            .isInstanceOf(moved ? OutcomeUnknownException.class : QueueRefusedException.class);
                }
                redis.call("ACL", "SETUSER", "partly", "+" + missing);
            }
        }
    }

    @Test
    void aServerThatIsKilledAmongMovesHasEveryMessageInOnePlace() throws InterruptedException {
        int count = 2_000;
        try (RedisMessageQueue queue = open(config().lease(Duration.ofMinutes(10)))) {
            List<Message> messages = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                messages.add(Message.of(NOTE, "x"));
            }
            queue.publishAll(EMAILS, messages);
            List<Delivery> held = new ArrayList<>();
            while (held.size() < count) {
                held.addAll(queue.receive(EMAILS, 1000, LONG));
            }
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int first = t;
                threads.add(new Thread(() -> {
                    try {
                        for (int i = first; i < count; i += 4) {
                            move(held.get(i), i / 4 % 3);
                        }
                    } catch (QueueException e) {
                        assertThat(e).isNotInstanceOf(QueueRefusedException.class);
                    }
                }));
            }
            threads.forEach(Thread::start);
            await().pollInterval(Duration.ofMillis(1)).until(() -> redis.number("XLEN", "{emails}:dead") > 50);
            server.kill();
            for (Thread thread : threads) {
                thread.join();
            }
            server.start();

            try (RespClient again = server.client()) {
                assertThat(again.number("XLEN", "{emails}:dead")).isBetween(50L, count / 3L);
                assertThat(places(again))
                        .containsExactlyInAnyOrderElementsOf(
                                messages.stream().map(Message::id).toList());
            }
        }
    }

    /** Rejecting is the one that is counted: it begins the round. */
    private static void move(Delivery delivery, int way) {
        switch (way) {
            case 0 -> delivery.reject("of no use");
            case 1 -> delivery.nack();
            default -> delivery.nack(Duration.ofHours(1));
        }
    }

    private List<String> places() {
        return places(redis);
    }

    /** The id of the message, once for each place it is in. */
    private static List<String> places(RespClient redis) {
        List<String> ids = new ArrayList<>();
        for (Object content : List.of(
                redis.call("XRANGE", "emails", "-", "+"),
                redis.call("XRANGE", "{emails}:dead", "-", "+"),
                redis.call("ZRANGE", "{emails}:delayed", 0, -1))) {
            Matcher found = MESSAGE_ID.matcher(content.toString());
            while (found.find()) {
                ids.add(found.group(1));
            }
        }
        return ids;
    }
}
