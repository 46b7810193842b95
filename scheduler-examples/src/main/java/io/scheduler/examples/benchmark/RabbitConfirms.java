package io.scheduler.examples.benchmark;

import com.rabbitmq.client.ConfirmListener;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** Publications that RabbitMQ has not confirmed yet, by the numbers that it confirms, one by one or all up to one. */
final class RabbitConfirms implements ConfirmListener {

    private final ConcurrentNavigableMap<Long, CompletableFuture<Void>> waiting = new ConcurrentSkipListMap<>();

    /** Must be called before the publication is sent. */
    CompletableFuture<Void> expect(long number) {
        CompletableFuture<Void> confirmed = new CompletableFuture<>();
        waiting.put(number, confirmed);
        return confirmed;
    }

    @Override
    public void handleAck(long number, boolean multiple) {
        end(number, multiple, confirmed -> confirmed.complete(null));
    }

    @Override
    public void handleNack(long number, boolean multiple) {
        end(
                number,
                multiple,
                confirmed -> confirmed.completeExceptionally(
                        new IllegalStateException("RabbitMQ has refused publication " + number)));
    }

    private void end(long number, boolean multiple, Consumer<CompletableFuture<Void>> how) {
        Map<Long, CompletableFuture<Void>> ended =
                multiple ? waiting.headMap(number, true) : waiting.subMap(number, true, number, true);
        ended.values().removeIf(confirmed -> {
            how.accept(confirmed);
            return true;
        });
    }
}
