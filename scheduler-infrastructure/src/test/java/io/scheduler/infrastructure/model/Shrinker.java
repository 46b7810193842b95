package io.scheduler.infrastructure.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a list that fails as short as possible, by leaving out ever smaller parts of it (delta debugging). */
final class Shrinker {

    private Shrinker() {}

    /**
     * Shrinks a list.
     *
     * @param failing a list that fails
     * @param fails whether a shorter list still fails
     * @return a list that fails, but does not if any single element of it is left out
     */
    static <T> List<T> shrink(List<T> failing, Predicate<List<T>> fails) {
        List<T> shortest = failing;
        int part = failing.size();
        while (true) {
            part = Math.max(1, Math.min(part, shortest.size() / 2));
            List<T> shorter = leaveOut(part, shortest, fails);
            boolean shrunk = shorter.size() < shortest.size();
            if (!shrunk && part == 1) {
                return shortest;
            }
            part = shrunk ? part : part / 2;
            shortest = shorter;
        }
    }

    private static <T> List<T> leaveOut(int part, List<T> failing, Predicate<List<T>> fails) {
        List<T> shortest = failing;
        int from = 0;
        while (from < shortest.size()) {
            List<T> without = new ArrayList<>(shortest);
            without.subList(from, Math.min(from + part, shortest.size())).clear();
            if (fails.test(without)) {
                shortest = without;
            } else {
                from += part;
            }
        }
        return List.copyOf(shortest);
    }
}
