package io.scheduler.core.worker;

import io.scheduler.core.queue.QueueName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** In which order to ask the queues: strictly as they were given, or by chance as their weights say. Immutable. */
final class QueueChoice {

    private final Map<QueueName, Integer> weights;
    private final List<QueueName> given;
    private final boolean strict;

    QueueChoice(Map<QueueName, Integer> weights, boolean strict) {
        this.weights = Map.copyOf(weights);
        this.given = List.copyOf(weights.keySet());
        this.strict = strict;
    }

    /** All queues, in the order in which to ask them this time. */
    List<QueueName> order() {
        if (strict || given.size() == 1) {
            return given;
        }
        List<QueueName> rest = new ArrayList<>(given);
        List<QueueName> order = new ArrayList<>(given.size());
        while (!rest.isEmpty()) {
            order.add(rest.remove(drawn(rest)));
        }
        return order;
    }

    private int drawn(List<QueueName> rest) {
        int sum = rest.stream().mapToInt(weights::get).sum();
        int ticket = ThreadLocalRandom.current().nextInt(sum);
        int index = 0;
        for (int left = ticket - weights.get(rest.get(0)); left >= 0; left -= weights.get(rest.get(index))) {
            index++;
        }
        return index;
    }
}
