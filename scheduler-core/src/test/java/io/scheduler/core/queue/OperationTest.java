package io.scheduler.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OperationTest {

    private static final QueueName EMAILS = QueueName.of("emails");

    @Test
    void onTheBrokerAsAWholeIsToldByItsNameAlone() {
        assertThat(new Operation("health", Optional.empty(), List.of())).hasToString("health");
    }

    @Test
    void onAQueueNamesIt() {
        assertThat(Operation.on("purge", EMAILS)).hasToString("purge on queue 'emails'");
    }

    @Test
    void onOneMessageNamesIt() {
        assertThat(Operation.on("publish", EMAILS, messages("4711")))
                .isEqualTo(new Operation("publish", Optional.of(EMAILS), List.of("4711")))
                .hasToString("publish on queue 'emails', message 4711");
    }

    @Test
    void onUpToThreeMessagesNamesThemAll() {
        assertThat(Operation.on("publish", EMAILS, messages("a", "b", "c")))
                .hasToString("publish on queue 'emails', 3 messages: a, b, c");
    }

    @Test
    void onMoreMessagesCountsThemAndKeepsAllIds() {
        Operation operation = Operation.on("publish", EMAILS, messages("a", "b", "c", "d"));

        assertThat(operation).hasToString("publish on queue 'emails', 4 messages: a, b, c, …");
        assertThat(operation.messageIds()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void copiesTheIds() {
        List<String> ids = new ArrayList<>(List.of("a"));
        Operation operation = new Operation("publish", Optional.of(EMAILS), ids);

        ids.add("b");

        assertThat(operation.messageIds()).containsExactly("a").isUnmodifiable();
    }

    @Test
    void noPartIsNull() {
        assertThatNullPointerException().isThrownBy(() -> new Operation(null, Optional.empty(), List.of()));
        assertThatNullPointerException().isThrownBy(() -> new Operation("health", null, List.of()));
        assertThatNullPointerException().isThrownBy(() -> new Operation("health", Optional.empty(), null));
        assertThatNullPointerException().isThrownBy(() -> Operation.on("purge", null));
    }

    private static List<Message> messages(String... ids) {
        MessageType<String> type = MessageType.of("text", String.class);
        return Stream.of(ids)
                .map(id -> Message.builder(type, "hello").id(id).build())
                .toList();
    }
}
