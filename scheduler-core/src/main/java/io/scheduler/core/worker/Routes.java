package io.scheduler.core.worker;

import io.scheduler.core.message.Message;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Which handler works on which message, and what becomes of it if that fails. Immutable. */
final class Routes {

    private final Map<String, Route> byType;
    private final MessageHandler otherwise;
    private final RetryPolicy retry;

    Routes(
            Map<String, Route> byType,
            Optional<MessageHandler> otherwise,
            RetryPolicy retry,
            UnaryOperator<MessageHandler> wrapper) {
        this.byType = byType.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        entry -> new Route(
                                wrapper.apply(entry.getValue().handler()),
                                entry.getValue().policy())));
        this.otherwise = wrapper.apply(otherwise.orElse(this::reject));
        this.retry = retry;
    }

    MessageHandler handlerFor(Message message) {
        Route route = byType.get(message.type());
        return route == null ? otherwise : route.handler();
    }

    RetryPolicy policyFor(Message message) {
        Route route = byType.get(message.type());
        return route == null ? retry : route.policy().orElse(retry);
    }

    private void reject(Message message) {
        throw new RejectMessageException("No handler for messages of type '" + message.type()
                + "'; this worker has those for " + new TreeSet<>(byType.keySet()));
    }
}
