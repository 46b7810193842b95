package io.scheduler.infrastructure.retry;

import io.scheduler.core.queue.MessageSerializationException;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.core.queue.QueueUnavailableException;
import java.util.function.Function;

/** What a broken queue may throw. */
final class Failures {

    private Failures() {}

    static Function<Operation, QueueUnavailableException> unavailable(String problem) {
        return operation -> new QueueUnavailableException(operation, problem, null);
    }

    static Function<Operation, OutcomeUnknownException> unknown(String problem) {
        return operation -> new OutcomeUnknownException(operation, problem, null);
    }

    static Function<Operation, QueueRefusedException> refused(String problem) {
        return operation -> new QueueRefusedException(operation, problem, null);
    }

    static Function<Operation, MessageSerializationException> unserializable(String problem) {
        return operation -> new MessageSerializationException(operation, problem, null);
    }
}
