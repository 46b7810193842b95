package io.scheduler.examples.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.Health;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.core.queue.QueueUnavailableException;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the contract leaves to each adapter: its rules that are marked, because they need a broker that misbehaves. */
class JdbcMessageQueueTest {

    private static final QueueName ORDERS = QueueName.of("orders");
    private static final MessageType<String> TEXT = MessageType.of("text", String.class);

    private final JdbcConnectionPool database =
            JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "");
    private final FaultyDataSource source = new FaultyDataSource(database);
    private final JdbcMessageQueue queue =
            new JdbcMessageQueue(source, new JacksonMessageCodec(), JdbcQueueSettings.DEFAULTS);

    @AfterEach
    void close() throws SQLException {
        queue.close();
        sql("SHUTDOWN");
        database.dispose();
    }

    /** Rule 1.15. */
    @Test
    void aPublicationThatFoundNoDatabaseIsNotDone() {
        source.refuseConnections();

        assertThatExceptionOfType(QueueUnavailableException.class)
                .isThrownBy(() -> queue.publish(ORDERS, Message.of(TEXT, "a")))
                .withMessageContaining("'orders'");

        source.heal();
        assertThat(queue.exists(ORDERS)).isFalse();
    }

    /** Rules 1.3 and 1.15. */
    @Test
    void aPublicationWhoseCommitWasNotAnsweredIsUnknownAndMayBeRepeated() {
        Message message = Message.of(TEXT, "a");
        source.loseTheAnswerToCommits();

        assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(() -> queue.publish(ORDERS, message));

        source.heal();
        assertThat(queue.size(ORDERS)).isEqualTo(1);
        queue.publish(ORDERS, message);
        assertThat(queue.size(ORDERS)).isEqualTo(1);
    }

    /** Rule 1.15. */
    @Test
    void whatTheDatabaseWillNotDoIsRefused() throws SQLException {
        sql("ALTER TABLE messages ADD CONSTRAINT nothing_new CHECK (attempts > 0)");

        assertThatExceptionOfType(QueueRefusedException.class)
                .isThrownBy(() -> queue.publish(ORDERS, Message.of(TEXT, "a")))
                .withMessageContaining("23513");

        assertThat(queue.exists(ORDERS)).isFalse();
    }

    /** Rule 2.10. */
    @Test
    void aDatabaseThatCannotBeReachedIsDown() {
        source.refuseConnections();

        Health health = queue.health();

        assertThat(health.up()).isFalse();
        assertThat(health.problems()).singleElement().asString().contains("refused by the test", "Check the database");
    }

    /** Rules 7.1, 7.2 and 7.3. */
    @Test
    void whatIsNoMessageIsBuriedAndStopsNobody() throws SQLException {
        queue.create(ORDERS);
        sql("INSERT INTO messages (queue, message_id, data, retry_count, attempts, due_at)"
                + " VALUES ('orders', 'stranger', X'7b', 0, 0, CURRENT_TIMESTAMP)");
        queue.publish(ORDERS, Message.of(TEXT, "a"));

        assertThat(queue.receive(ORDERS, 1, Duration.ofSeconds(5))).hasSize(1);

        List<DeadLetter> letters = queue.deadLetters(ORDERS, 10);
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.message()).isEmpty();
            assertThat(letter.reason()).contains("not a message");
            assertThat(letter.fields().get("data")).isEqualTo("{".getBytes(StandardCharsets.UTF_8));
        });
        assertThat(queue.redrive(ORDERS, 1)).isEqualTo(1);
    }

    /** Rule 1.3. */
    @Test
    void anIdIsForgottenAfterTheWindow() throws SQLException {
        Message message = Message.of(TEXT, "a");
        queue.publish(ORDERS, message);
        sql("UPDATE seen_ids SET seen_at = DATEADD(SECOND, -120, CURRENT_TIMESTAMP)");

        queue.publish(ORDERS, message);

        assertThat(queue.size(ORDERS)).isEqualTo(2);
    }

    /** Rule 8.3. */
    @Test
    void closingWaitsForACallThatIsUnderWay() throws Exception {
        source.holdCommits();
        CompletableFuture<Void> publication =
                CompletableFuture.runAsync(() -> queue.publish(ORDERS, Message.of(TEXT, "a")));
        source.awaitAHeldCommit();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(queue::close);

        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> closing.get(200, TimeUnit.MILLISECONDS));
        source.heal();

        assertThat(publication).succeedsWithin(Duration.ofSeconds(5));
        assertThat(closing).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void theTablesMayBeThereAlready() {
        assertThatCode(() ->
                        new JdbcMessageQueue(source, new JacksonMessageCodec(), JdbcQueueSettings.DEFAULTS).close())
                .doesNotThrowAnyException();
    }

    @Test
    void settingsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcQueueSettings.DEFAULTS.withLease(Duration.ZERO))
                .withMessageContaining("lease");
        assertThatIllegalArgumentException().isThrownBy(() -> JdbcQueueSettings.DEFAULTS.withMaxAttempts(0));
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
