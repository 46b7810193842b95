package io.scheduler.core.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.Supplier;

/** The clock of a client: wrong by up to an hour, and set anew now and then, forwards and backwards. For one thread. */
final class WrongClock implements Supplier<Instant> {

    private static final long MOST_SECONDS = Duration.ofHours(1).toSeconds();
    private static final int CALLS_BETWEEN_JUMPS = 20;

    private final Supplier<Instant> right;
    private final Random random;
    private Duration wrongBy = Duration.ZERO;

    WrongClock(Supplier<Instant> right, Random random) {
        this.right = right;
        this.random = random;
    }

    @Override
    public Instant get() {
        if (random.nextInt(CALLS_BETWEEN_JUMPS) == 0) {
            wrongBy = Duration.ofSeconds(random.nextLong(-MOST_SECONDS, MOST_SECONDS + 1));
        }
        return right.get().plus(wrongBy);
    }
}
