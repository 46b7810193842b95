package io.scheduler.core.worker;

import io.scheduler.core.message.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Which handler works on which message, and what becomes of it if that fails. Immutable. */
final class Routes {

    private final Map<String, Route> byType;
    private final Map<String, BatchRoute<?>> batchesByType;
    private final MessageHandler otherwise;
    private final RetryPolicy retry;

    Routes(
            Map<String, Route> byType,
            Map<String, BatchRoute<?>> batchesByType,
            Optional<MessageHandler> otherwise,
            RetryPolicy retry,
            UnaryOperator<MessageHandler> wrapper) {
        this.byType = byType.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        entry -> new Route(
                                wrapper.apply(entry.getValue().handler()),
                                entry.getValue().policy())));
        this.batchesByType = Map.copyOf(batchesByType);
        this.otherwise = wrapper.apply(otherwise.orElse(this::reject));
        this.retry = retry;
    }

    MessageHandler handlerFor(Message message) {
        Route route = byType.get(message.type());
        return route == null ? otherwise : route.handler();
    }

    /** How many messages one handler may work on. */
    int largestBatch() {
        return batchesByType.values().stream()
                .mapToInt(BatchRoute::maxSize)
                .max()
                .orElse(1);
    }

    RetryPolicy policyFor(Message message) {
        Route route = byType.get(message.type());
        return route == null ? retry : route.policy().orElse(retry);
    }

    /** Sorts what was received into calls of handlers, in its order; batches come last. */
    List<HandlerRun> runsOf(List<HeldDelivery> received, HandlerRun.End end) {
        List<HandlerRun> runs = new ArrayList<>(received.size());
        Map<BatchRoute<?>, List<HeldDelivery>> batches = new LinkedHashMap<>();
        for (HeldDelivery held : received) {
            BatchRoute<?> route = batchesByType.get(held.delivery().message().type());
            if (route == null) {
                runs.add(new MessageRun(held, this, end));
                continue;
            }
            List<HeldDelivery> batch = batches.computeIfAbsent(route, any -> new ArrayList<>());
            batch.add(held);
            if (batch.size() == route.maxSize()) {
                runs.add(route.run(batch, retry, end));
                batches.remove(route);
            }
        }
        batches.forEach((route, batch) -> runs.add(route.run(batch, retry, end)));
        return runs;
    }

    private void reject(Message message, HandlerContext context) {
        throw new RejectMessageException(
                "No handler for messages of type '" + message.type() + "'; this worker has those for " + types());
    }

    private Set<String> types() {
        Set<String> types = new TreeSet<>(byType.keySet());
        types.addAll(batchesByType.keySet());
        return types;
    }
}
