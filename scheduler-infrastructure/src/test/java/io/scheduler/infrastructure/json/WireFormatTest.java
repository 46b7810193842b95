package io.scheduler.infrastructure.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageBuilder;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.message.Payload;
import io.scheduler.core.task.StatusUpdate;
import io.scheduler.core.task.TaskControl;
import io.scheduler.core.task.TaskExecution;
import io.scheduler.core.task.WorkerHeartbeat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes that other programs read and write, one file for each kind of message. A change of these files breaks them,
 * and every message that is waiting.
 */
class WireFormatTest {

    record Email(String to, Optional<String> cc, String subject, List<String> attachments) {}

    private static final MessageType<String> GREETING = MessageType.of("greeting", String.class);
    private static final MessageType<Email> SEND_EMAIL = MessageType.of("email.send", Email.class);
    private static final Instant MADE = Instant.parse("2026-11-23T10:15:30Z");

    private final JacksonMessageCodec codec = new JacksonMessageCodec();

    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of("minimal.json", GREETING, "hello", minimal()),
                Arguments.of("full.json", SEND_EMAIL, email(), full()),
                task("task-execution.json", TaskExecution.TYPE, execution(), "exec-1"),
                task("status-update.json", StatusUpdate.TYPE, status(), "status-1"),
                task("worker-heartbeat.json", WorkerHeartbeat.TYPE, heartbeat(), "beat-1"),
                Arguments.of(
                        "task-control.json",
                        TaskControl.TYPE,
                        control(),
                        made(TaskControl.TYPE, control(), "control-1")
                                .correlationId("run-42")
                                .build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void aMessageIsWrittenAsExactlyTheseBytes(String file, MessageType<?> type, Object payload, Message message) {
        assertThat(new String(codec.encode(message).bytes(), UTF_8)).isEqualTo(golden(file));
        assertThat(codec.encode(message).bytes()).isEqualTo(golden(file).getBytes(UTF_8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void theseBytesAreReadAsAnEqualMessage(String file, MessageType<?> type, Object payload, Message message) {
        Message read = codec.decode(golden(file).getBytes(UTF_8));

        assertThat(read.payload(type)).isEqualTo(payload);
        Payload encoded = Payload.encoded(message.payload().encode(codec.payloadCodec()), codec.payloadCodec());
        assertThat(read).isEqualTo(message.withPayload(encoded));
        assertThat(read.headers().keySet())
                .containsExactlyElementsOf(message.headers().keySet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void whatWasReadIsWrittenAgainUnchanged(String file, MessageType<?> type, Object payload, Message message) {
        byte[] golden = golden(file).getBytes(UTF_8);

        assertThat(codec.encode(codec.decode(golden)).bytes()).isEqualTo(golden);
    }

    private static <T> Arguments task(String file, MessageType<T> type, T payload, String id) {
        return Arguments.of(file, type, payload, made(type, payload, id).build());
    }

    private static <T> MessageBuilder made(MessageType<T> type, T payload, String id) {
        return Message.builder(type, payload).id(id).timestamp(MADE);
    }

    private static Message minimal() {
        return made(GREETING, "hello", "m-1").build();
    }

    private static Message full() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        headers.put("greeting", "שלום \"🌍\"\n");
        return new Message(
                "order-7/confirmation",
                SEND_EMAIL.name(),
                Payload.of(SEND_EMAIL, email()),
                headers,
                Instant.parse("2026-11-23T10:15:30.123456789Z"),
                3,
                Optional.of("Bestellung №7"),
                Optional.of(Instant.parse("2026-11-24T00:00:00Z")));
    }

    private static Email email() {
        return new Email("a@example.org", Optional.empty(), "Café ☕", List.of());
    }

    private static TaskExecution execution() {
        Map<String, Object> margins = new LinkedHashMap<>();
        margins.put("top", 10);
        margins.put("bottom", 12);
        Map<String, Object> layout = new LinkedHashMap<>();
        layout.put("margins", margins);
        layout.put("Fonts", List.of("Noto", "Vazirmatn نستعلیق"));
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("customer", "Søren 李 🚀");
        parameters.put("pages", List.of(1, 2, 9007199254740993L));
        parameters.put("ratio", 0.25);
        parameters.put("dryRun", false);
        parameters.put("template", null);
        parameters.put("layout", layout);
        return new TaskExecution(
                "run-42",
                "nightly-report",
                "report.render",
                parameters,
                5,
                Instant.parse("2026-11-23T03:00:00Z"),
                Duration.ofMinutes(90));
    }

    private static StatusUpdate status() {
        return new StatusUpdate(
                "run-42",
                "worker-a",
                StatusUpdate.Status.TIMED_OUT,
                80,
                Optional.of("took longer than 1 h 30 min"),
                Instant.parse("2026-11-23T04:30:00.250Z"));
    }

    private static WorkerHeartbeat heartbeat() {
        return new WorkerHeartbeat(
                "worker-a",
                WorkerHeartbeat.State.DRAINING,
                16,
                List.of("run-42", "run-43"),
                Instant.parse("2026-11-23T10:15:29Z"));
    }

    private static TaskControl control() {
        return new TaskControl("run-42", TaskControl.Action.CANCEL, Optional.empty(), MADE);
    }

    private static String golden(String file) {
        try (InputStream in = WireFormatTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
