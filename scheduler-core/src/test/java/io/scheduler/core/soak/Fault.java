package io.scheduler.core.soak;

import java.time.Duration;

/**
 * Something that goes wrong with a broker or on the way to it, and passes. A soak has one fault at a time, from one
 * thread. What the broker has acknowledged must survive it; a fault that loses data by definition is none for a soak.
 */
public interface Fault {

    /**
     * What goes wrong, for histories and figures.
     *
     * @return a few words, such as {@code server killed}
     */
    String name();

    /** Lets it go wrong. Throwing ends the soak: then the fault itself does not work. */
    void begin();

    /** Puts it right again, whatever {@link #begin} has done. What needs no end does nothing here. */
    default void end() {}

    /**
     * How long it lasts at most; each time some part of that is drawn.
     *
     * @return a second unless this is overridden
     */
    default Duration longest() {
        return Duration.ofSeconds(1);
    }

    /**
     * Whether the broker may forget who holds what, so that messages in flight come again at once and with the attempt
     * that they had. No other promise is softened by it.
     *
     * @return false unless this is overridden
     */
    default boolean forgetsLeases() {
        return false;
    }

    /**
     * Whether the broker may go back to what it was at some moment since the fault began, as when a replica takes over:
     * then settlements, hand-outs and publications that did not return may be as if they had not been. What was done
     * when {@link #begin} was called stays, which is for the fault to see to, and so does every publication that
     * returned.
     *
     * @return false unless this is overridden
     */
    default boolean goesBack() {
        return false;
    }

    /**
     * A fault of two actions.
     *
     * @param name what goes wrong
     * @param begin lets it go wrong
     * @param end puts it right
     * @return the fault
     */
    static Fault of(String name, Runnable begin, Runnable end) {
        return new Fault() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void begin() {
                begin.run();
            }

            @Override
            public void end() {
                end.run();
            }
        };
    }
}
