package io.scheduler.core.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** Has one fault after another, each of them once before one comes again. When the storm is over there is none. */
final class Chaos extends Actor {

    private static final Duration LONGEST_GAP = Duration.ofMillis(800);

    private final List<Fault> faults;
    private final History history;

    Chaos(List<Fault> faults, History history, Supplier<Phase> phase, long seed) {
        super("chaos", phase, seed);
        this.faults = faults;
        this.history = history;
    }

    @Override
    void run() {
        List<Fault> next = new ArrayList<>();
        while (phase() == Phase.STORM && !faults.isEmpty()) {
            if (next.isEmpty()) {
                next.addAll(faults);
                Collections.shuffle(next, random);
            }
            pause(LONGEST_GAP);
            if (phase() == Phase.STORM) {
                happen(next.remove(0));
            }
        }
    }

    private void happen(Fault fault) {
        Moment began = history.now();
        try {
            fault.begin();
            pause(fault.longest());
        } finally {
            fault.end();
        }
        history.passed(new FaultSpan(fault, began, history.now()));
    }
}
