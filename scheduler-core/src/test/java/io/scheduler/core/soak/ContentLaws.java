package io.scheduler.core.soak;

import io.scheduler.core.message.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What is delivered is what was published, letter for letter. */
final class ContentLaws implements HistoryCheck.MessageLaw {

    @Override
    public void check(Story story, Findings findings) {
        for (Handout handout : story.handouts()) {
            differences(story.message(), handout.message())
                    .forEach(text -> findings.broken(Law.NOTHING_IS_ALTERED, story, text + ", " + handout));
        }
        story.letters().stream()
                .flatMap(letter -> letter.message().stream())
                .flatMap(message -> differences(story.message(), message).stream())
                .forEach(text -> findings.broken(Law.NOTHING_IS_ALTERED, story, text + ", as a dead letter"));
    }

    private static List<String> differences(Message published, Message delivered) {
        List<String> differences = new ArrayList<>();
        compare("the type", published.type(), delivered.type(), differences);
        compare(
                "the headers",
                List.copyOf(published.headers().entrySet()),
                List.copyOf(delivered.headers().entrySet()),
                differences);
        compare("the timestamp", published.timestamp(), delivered.timestamp(), differences);
        compare("the correlation id", published.correlationId(), delivered.correlationId(), differences);
        compare("notBefore", published.notBefore(), delivered.notBefore(), differences);
        byte[] sent = published.payload().encode(EncodedAlready.CODEC);
        byte[] came = delivered.payload().encode(EncodedAlready.CODEC);
        int at = Arrays.mismatch(sent, came);
        if (at >= 0) {
            differences.add("the payload of " + sent.length + " bytes came with " + came.length
                    + " and differs from byte " + at + " on");
        }
        return differences;
    }

    private static void compare(String what, Object published, Object delivered, List<String> differences) {
        if (!Objects.equals(published, delivered)) {
            differences.add(what + " was " + published + " and came as " + delivered);
        }
    }
}
