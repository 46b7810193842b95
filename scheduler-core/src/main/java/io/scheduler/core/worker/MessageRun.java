package io.scheduler.core.worker;

import io.scheduler.core.message.Message;
import java.time.Duration;
import java.util.List;

/** One message for one handler. */
final class MessageRun extends HandlerRun {

    private final HeldDelivery held;
    private final Routes routes;

    MessageRun(HeldDelivery held, Routes routes, End end) {
        super(List.of(held), end);
        this.held = held;
        this.routes = routes;
    }

    @Override
    void call() throws Exception {
        routes.handlerFor(message()).handle(message(), new RunContext(this, held, policy()));
    }

    @Override
    List<HeldDelivery> succeed(Duration took) {
        return held.claim() ? held() : List.of();
    }

    @Override
    void fail(Throwable failure, String reason, Duration took) {
        held.fail(failure, reason, policy(), took);
    }

    private Message message() {
        return held.delivery().message();
    }

    private RetryPolicy policy() {
        return routes.policyFor(message());
    }
}
