package io.scheduler.infrastructure.model;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Random sequences of operations, each done to a new subject and to the model beside it. A sequence after which the two
 * differ is shrunk, and told with the seed that repeats it. {@code -Dmodel.tries} and {@code -Dmodel.seed} choose how
 * many sequences and which; without them every build does the same.
 *
 * @param name what is checked
 * @param subjects makes a subject for each try, for several threads at once
 * @param pace what the subjects are configured with
 * @param tries how many sequences
 * @param threads how many of them at a time
 */
record ModelCheck(String name, Supplier<Subject> subjects, Pace pace, int tries, int threads) {

    private static final long FIRST_SEED = Long.getLong("model.seed", 1);
    private static final int TRIES_WHILE_TOO_SLOW = 5;

    /** A check with as many tries as the command line asks for, or else the given number. */
    static ModelCheck of(String name, Supplier<Subject> subjects, Pace pace, int tries, int threads) {
        return new ModelCheck(name, subjects, pace, Integer.getInteger("model.tries", tries), threads);
    }

    /**
     * Runs the check.
     *
     * @return how many sequences told nothing, because the machine was too slow for their leases
     * @throws AssertionError if the subject and the model differ; the text tells how to come to it
     */
    int run() {
        AtomicInteger next = new AtomicInteger();
        Callable<Integer> worker = () -> work(next);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            int tooSlow = 0;
            for (Future<Integer> done : pool.invokeAll(Collections.nCopies(threads, worker))) {
                tooSlow += done.get();
            }
            return tooSlow;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssertionError difference) {
                throw difference;
            }
            throw new IllegalStateException("The check of " + name + " failed by itself", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while checking " + name, e);
        } finally {
            pool.shutdownNow();
        }
    }

    /** Tries until there is nothing left to try, or a difference is found, after which nobody begins another try. */
    private int work(AtomicInteger next) {
        int tooSlow = 0;
        for (int i = next.getAndIncrement(); i < tries; i = next.getAndIncrement()) {
            List<Operation> operations = RandomOperations.draw(FIRST_SEED + i, pace);
            Trial.Outcome outcome = run(operations).outcome();
            if (outcome == Trial.Outcome.DIFFERED) {
                next.set(tries);
                throw difference(FIRST_SEED + i, operations);
            }
            if (outcome == Trial.Outcome.TOO_SLOW) {
                tooSlow++;
            }
        }
        return tooSlow;
    }

    private Trial.Result run(List<Operation> operations) {
        Trial.Result result = Trial.run(subjects.get(), pace, operations);
        for (int i = 1; i < TRIES_WHILE_TOO_SLOW && result.outcome() == Trial.Outcome.TOO_SLOW; i++) {
            result = Trial.run(subjects.get(), pace, operations);
        }
        return result;
    }

    private AssertionError difference(long seed, List<Operation> operations) {
        List<Operation> shrunk =
                Shrinker.shrink(operations, shorter -> run(shorter).outcome() == Trial.Outcome.DIFFERED);
        Trial.Result result = run(shrunk);
        StringBuilder text = new StringBuilder(name + " differs from the model. Seed " + seed + " (repeat it with"
                + " -Dmodel.seed=" + seed + " -Dmodel.tries=1), shrunk from " + operations.size() + " operations:\n");
        for (int i = 0; i < result.lines().size(); i++) {
            text.append("  %2d. %s%n".formatted(i + 1, result.lines().get(i)));
        }
        String what = result.difference()
                .map(Throwable::toString)
                .orElse("It did not happen again when it was told: something beside the operations decides about it");
        return new AssertionError(text + what, result.difference().orElse(null));
    }
}
