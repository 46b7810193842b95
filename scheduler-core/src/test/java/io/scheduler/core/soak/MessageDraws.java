package io.scheduler.core.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.message.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Draws messages of all kinds: small and large, with and without headers, at once and later. For one thread. */
final class MessageDraws {

    /** Worked on one by one. */
    static final MessageType<String> SINGLE = MessageType.of("soak.single", String.class);

    /** Worked on several at a time. */
    static final MessageType<String> BATCHED = MessageType.of("soak.batched", String.class);

    /** Never worked on, until the calm. */
    static final MessageType<String> POISON = MessageType.of("soak.poison", String.class);

    private static final String[] PIECES = {"a", "Z", "7", " ", "é", "漢", "😀", "\\n", "\\\"", "/", "{", ":", "\\u0001"
    };
    private static final int MOST_PIECES = 40;
    private static final int LARGE = 50_000;
    private static final Duration LONGEST_DELAY = Duration.ofMillis(800);

    private final String prefix;
    private final Random random;
    private final Supplier<Instant> clock;
    private final Supplier<Instant> ownClock;
    private int count;

    /**
     * @param prefix what ids begin with, so that no two are the same
     * @param clock the broker's, by which times are meant; timestamps are by another one
     */
    MessageDraws(String prefix, Random random, Supplier<Instant> clock) {
        this.prefix = prefix;
        this.random = random;
        this.clock = clock;
        this.ownClock = new WrongClock(clock, random);
    }

    Message next() {
        int kind = random.nextInt(100);
        MessageType<String> type = kind < 3 ? POISON : kind < 25 ? BATCHED : SINGLE;
        return new Message(
                prefix + "-" + count++,
                type.name(),
                Payload.encoded(json().getBytes(UTF_8), EncodedAlready.CODEC),
                headers(),
                ownClock.get(),
                0,
                random.nextBoolean() ? Optional.of("order " + random.nextInt(1000)) : Optional.empty(),
                random.nextInt(100) < 15 ? Optional.of(clock.get().plus(delay())) : Optional.empty());
    }

    private Duration delay() {
        return Duration.ofMillis(random.nextInt((int) LONGEST_DELAY.toMillis())).plusNanos(random.nextInt(1_000_000));
    }

    private String json() {
        StringBuilder json = new StringBuilder("\"");
        int pieces = random.nextInt(200) == 0 ? LARGE : random.nextInt(MOST_PIECES);
        for (int i = 0; i < pieces; i++) {
            json.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return json.append('"').toString();
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            headers.put("h" + random.nextInt(20), "wert ü " + random.nextInt());
        }
        return headers;
    }
}
