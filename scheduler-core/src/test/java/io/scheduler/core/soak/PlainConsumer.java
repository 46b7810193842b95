package io.scheduler.core.soak;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Receives and settles by itself, in every way there is: at once, in lists, too late, twice, by two threads, not at
 * all. Now and then it crashes, with what it holds.
 */
final class PlainConsumer extends Actor {

    private static final int MOST_DELIVERIES = 20;
    private static final Duration LONGEST_WAIT = Duration.ofMillis(300);
    private static final Duration LONGEST_DELAY = Duration.ofMillis(400);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

    /** What is settled when its time has come. */
    private record Later(long nanos, Runnable settlement) {}

    private final Crew crew;
    private final int place;
    private final QueueName name;
    private final List<Later> later = new ArrayList<>();
    private final List<Delivery> together = new ArrayList<>();
    private RecordingQueue queue;
    private long nextCrash;

    PlainConsumer(Crew crew, int place, QueueName name, Supplier<Phase> phase, long seed) {
        super("consumer-" + place, phase, seed);
        this.crew = crew;
        this.place = place;
        this.name = name;
        this.queue = crew.member(place);
        planCrash();
    }

    @Override
    void run() {
        while (phase() != Phase.OVER) {
            if (phase() == Phase.STORM && System.nanoTime() - nextCrash > 0) {
                crash();
            }
            try {
                int most = 1 + random.nextInt(MOST_DELIVERIES);
                queue.receive(name, most, Duration.ofMillis(random.nextLong(LONGEST_WAIT.toMillis())))
                        .forEach(this::workOn);
            } catch (RuntimeException e) {
                pause(PAUSE_AFTER_FAILURE);
            }
            settleTogether();
            settleLater();
        }
    }

    private void workOn(Delivery delivery) {
        int way = random.nextInt(100);
        if (phase() != Phase.STORM) {
            persistently(delivery::ack);
        } else if (delivery.message().type().equals(MessageDraws.POISON.name()) || way < 18) {
            persistently(() -> way % 2 == 0 ? delivery.nack() : delivery.nack(some(LONGEST_DELAY)));
        } else if (way < 20) {
            persistently(() -> delivery.reject("drawn by lot"));
        } else if (way < 30) {
            together.add(delivery);
        } else if (way < 35) {
            once(delivery::extendLease);
            once(delivery::ack);
        } else if (way < 40) {
            once(delivery::ack);
            once(way < 38 ? delivery::ack : delivery::nack);
        } else if (way < 43) {
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> once(delivery::ack));
            once(way < 42 ? delivery::ack : delivery::nack);
            other.join();
        } else if (way < 51) {
            after(delivery.lease().plus(some(delivery.lease().dividedBy(2))), settlementOf(delivery, way));
        } else if (delivery.attempt() > 1 && chance(30)) {
            // So that whoever had it before finds it in other hands.
            after(delivery.lease().dividedBy(2), () -> persistently(delivery::ack));
        } else if (way < 53) {
            extendUntilDone(delivery, 6);
        } else if (way < 55) {
            return; // Forgotten: it comes again when its lease has ended.
        } else if (way < 58) {
            persistently(delivery::release);
        } else {
            persistently(delivery::ack);
        }
    }

    private Runnable settlementOf(Delivery delivery, int way) {
        return switch (way % 4) {
            case 0 -> () -> once(delivery::nack);
            case 1 -> () -> once(() -> delivery.reject("late"));
            case 2 ->
                () -> {
                    once(delivery::extendLease);
                    once(delivery::ack);
                };
            default -> () -> persistently(delivery::ack);
        };
    }

    /** Holds it for longer than its lease, and extends that. */
    private void extendUntilDone(Delivery delivery, int times) {
        after(delivery.lease().dividedBy(3), () -> {
            once(delivery::extendLease);
            if (times > 0 && phase() == Phase.STORM) {
                extendUntilDone(delivery, times - 1);
            } else {
                persistently(delivery::ack);
            }
        });
    }

    private void after(Duration time, Runnable settlement) {
        later.add(new Later(System.nanoTime() + time.toNanos(), settlement));
    }

    private void settleTogether() {
        if (!together.isEmpty()) {
            List<Delivery> batch = List.copyOf(together);
            together.clear();
            once(() -> queue.ackAll(batch).isEmpty());
        }
    }

    private void settleLater() {
        List<Runnable> due = new ArrayList<>();
        for (Iterator<Later> all = later.iterator(); all.hasNext(); ) {
            Later one = all.next();
            if (phase() != Phase.STORM || System.nanoTime() - one.nanos() > 0) {
                all.remove();
                due.add(one.settlement());
            }
        }
        due.forEach(Runnable::run);
    }

    private void crash() {
        queue = crew.crash(place);
        // What it still tries with deliveries of before is refused; the rest is forgotten.
        settleLater();
        later.clear();
        planCrash();
    }

    private void planCrash() {
        nextCrash = System.nanoTime()
                + Duration.ofMillis(500 + random.nextInt(3000)).toNanos();
    }

    private Duration some(Duration time) {
        return Duration.ofMillis(random.nextLong(time.toMillis()));
    }

    private interface Try {
        boolean settle();
    }

    private static void once(Try settlement) {
        try {
            settlement.settle();
        } catch (RuntimeException e) {
            // It is in the history.
        }
    }

    /** As a program does that wants to be sure: an outcome that is unknown is asked for again. */
    private void persistently(Try settlement) {
        for (int tries = 0; tries < 3; tries++) {
            try {
                settlement.settle();
                return;
            } catch (RuntimeException e) {
                if (chance(30)) {
                    return;
                }
                pause(PAUSE_AFTER_FAILURE);
            }
        }
    }
}
