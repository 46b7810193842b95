package io.scheduler.examples.benchmark;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import java.util.List;
import java.util.Map;

/** Messages of so many bytes. Fewer of the large ones: 64 MiB at most. */
record LargePayloads(RoundTrip trip) implements GrowthSection.StepLoad {

    static final MessageType<String> TEXT = MessageType.of("text", String.class);

    private static final int MOST_BYTES = 64 << 20;

    @Override
    public Map<String, Double> measure(int bytes) throws Exception {
        int count = Math.max(1, Math.min(trip.messages(), MOST_BYTES / bytes));
        String text = textOf(bytes);
        return trip.run(List.of(Sample.newQueue()), count, () -> Message.of(TEXT, text));
    }

    /** A text that has so many bytes as JSON, with its quotes. */
    static String textOf(int bytes) {
        return "x".repeat(bytes - 2);
    }
}
