package io.scheduler.core.message;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Makes the ids of messages that are given none: 128 random bits, and behind them a number, as URL-safe Base64.
 *
 * <p>Ids that are made one after the other differ in their last characters only, so that a broker can remember many of
 * them in little space. The random part is drawn anew in each second, so that a process which is restored from a
 * snapshot, even twice at once, soon stops to repeat what the original makes. Safe for use by several threads.
 */
final class MessageIds {

    private static final int RANDOM_BYTES = 16;
    private static final int MAX_DIGITS = 6;
    private static final int DIGIT_BITS = 6;

    private static final byte[] DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(StandardCharsets.ISO_8859_1);

    private final AtomicReference<Series> current = new AtomicReference<>(Series.in(Long.MIN_VALUE));

    /**
     * A new id.
     *
     * @param now the time in milliseconds
     */
    String next(long now) {
        long second = Math.floorDiv(now, 1000);
        Series series = current.get();
        if (series.second != second) {
            Series renewed = Series.in(second);
            series = current.compareAndSet(series, renewed) ? renewed : current.get();
        }
        return series.next();
    }

    /** The ids of one second. */
    private record Series(long second, byte[] random, AtomicInteger made) {

        private static final SecureRandom RANDOM = new SecureRandom();

        static Series in(long second) {
            byte[] bytes = new byte[RANDOM_BYTES];
            RANDOM.nextBytes(bytes);
            return new Series(second, Base64.getUrlEncoder().withoutPadding().encode(bytes), new AtomicInteger());
        }

        String next() {
            byte[] id = Arrays.copyOf(random, random.length + MAX_DIGITS);
            int rest = made.getAndIncrement();
            int digits = 1;
            for (int more = rest >>> DIGIT_BITS; more != 0; more >>>= DIGIT_BITS) {
                digits++;
            }
            for (int at = random.length + digits - 1; at >= random.length; at--) {
                id[at] = DIGITS[rest & DIGITS.length - 1];
                rest >>>= DIGIT_BITS;
            }
            return new String(id, 0, random.length + digits, StandardCharsets.ISO_8859_1);
        }
    }
}
