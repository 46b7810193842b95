package io.scheduler.examples.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures candidates in turns: a warm-up of them all, then round after round, each in another order, so that a machine
 * that gets slower or faster meanwhile does so for all of them.
 */
final class Rounds {

    /** The only column of a figure that is a rate. */
    static final String RATE = Unit.MESSAGES_PER_SECOND.symbol();

    private static final int WARM_UP = 4;

    private final Effort effort;
    private final BenchmarkRedis redis;
    private final Progress progress;

    Rounds(Effort effort, BenchmarkRedis redis, Progress progress) {
        this.effort = effort;
        this.redis = redis;
        this.progress = progress;
    }

    List<Figure> measure(List<Candidate> candidates) throws Exception {
        for (Candidate candidate : candidates) {
            run("warm-up", candidate, effort.time().multipliedBy(WARM_UP));
        }
        Map<Candidate, List<Double>> rates = new HashMap<>();
        List<Candidate> order = new ArrayList<>(candidates);
        for (int round = 1; round <= effort.rounds(); round++) {
            for (Candidate candidate : order) {
                double rate = run("round " + round + "/" + effort.rounds(), candidate, effort.time());
                rates.computeIfAbsent(candidate, key -> new ArrayList<>()).add(rate);
            }
            Collections.rotate(order, 1 + candidates.size() / effort.rounds());
        }
        return candidates.stream()
                .map(candidate -> new Figure(
                        candidate.group(),
                        candidate.name(),
                        RATE,
                        candidate.role(),
                        Unit.MESSAGES_PER_SECOND,
                        rates.get(candidate)))
                .toList();
    }

    private double run(String phase, Candidate candidate, Duration time) throws Exception {
        redis.flush();
        double rate = candidate.load().run(time);
        progress.say("%-10s %-52s %,12.0f messages/s", phase, candidate.name(), rate);
        return rate;
    }
}
