package io.scheduler.core.worker;

import io.scheduler.core.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** One message for one handler. */
final class MessageRun extends HandlerRun {

    private final HeldDelivery held;
    private final Routes routes;

    MessageRun(HeldDelivery held, Routes routes, Consumer<HandlerRun> ended) {
        super(List.of(held), ended);
        this.held = held;
        this.routes = routes;
    }

    @Override
    void call() throws Exception {
        Message message = held.delivery().message();
        routes.handlerFor(message).handle(message);
    }

    @Override
    void succeed(Duration took) {
        held.succeed(took);
    }

    @Override
    void fail(Throwable failure, String reason, Duration took) {
        held.fail(failure, reason, routes.policyFor(held.delivery().message()), took);
    }
}
