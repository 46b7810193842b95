package io.scheduler.examples;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Health;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.MessageSerializationException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import io.scheduler.core.task.StatusUpdate;
import io.scheduler.core.task.TaskControl;
import io.scheduler.core.task.TaskExecution;
import io.scheduler.core.task.WorkerHeartbeat;
import io.scheduler.infrastructure.MessageQueues;
import io.scheduler.infrastructure.redis.RedisStreamConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Publishes messages of several kinds, and shows what happens when something goes wrong. */
public final class PublishingExample {

    private static final QueueName TASKS = QueueName.of("tasks");
    private static final QueueName STATUS = QueueName.of("status");
    private static final QueueName HEARTBEATS = QueueName.of("heartbeats");
    private static final QueueName CONTROL = QueueName.of("control");
    private static final List<QueueName> ALL = List.of(TASKS, STATUS, HEARTBEATS, CONTROL);

    private static final MessageType<String> NOTE = MessageType.of("note", String.class);

    private final ExampleRedis redis;
    private final MessageQueue queue;
    private final Story story = new Story();

    private PublishingExample(ExampleRedis redis, MessageQueue queue) {
        this.redis = redis;
        this.queue = queue;
    }

    /**
     * Runs the example.
     *
     * @param args none are needed
     */
    public static void main(String[] args) {
        boolean reached;
        try (ExampleRedis redis = ExampleRedis.find();
                MessageQueue queue = MessageQueues.redis(redis.config())) {
            reached = new PublishingExample(redis, queue).run();
        }
        System.exit(reached ? 0 : 1);
    }

    private boolean run() {
        Health health = queue.health();
        if (!health.up()) {
            System.err.println(health.problems().get(0));
            System.err.println("Start Redis there, or unset REDIS_URL: this example then starts one of its own.");
            return false;
        }
        connect(health);
        try {
            publishEveryKind();
            lookInside();
            publishTwice();
            publishForLater();
            refuse();
            surviveACrash();
        } finally {
            cleanUp();
        }
        return true;
    }

    private void connect(Health health) {
        RedisStreamConfig config = redis.config();
        story.chapter(
                redis.isOwn()
                        ? "REDIS_URL is not set, so a redis-server of our own is running now"
                        : "Using the Redis that REDIS_URL names");
        story.say("It says of itself: %s", health.details());
        story.say(
                "It answered in %.1f ms. Keys of this run begin with '%s'.",
                millis(health.latency()), config.keyPrefix());
        health.problems().forEach(problem -> story.say("Beware: %s", problem));
    }

    private void publishEveryKind() {
        story.chapter("A dispatcher and its workers talk: four kinds of messages to four queues");
        String execution = "run-2026-0042";
        queue.publish(
                TASKS,
                Message.builder(TaskExecution.TYPE, nightlyReport(execution))
                        .correlationId(execution)
                        .header("tenant", "acme")
                        .build());
        story.say("%-11s an order to run a task, with nested parameters and text in many scripts", TASKS);

        List<CompletableFuture<Void>> updates = new ArrayList<>();
        for (int progress = 0; progress <= 100; progress += 25) {
            StatusUpdate update = new StatusUpdate(
                    execution,
                    "worker-7",
                    progress < 100 ? StatusUpdate.Status.RUNNING : StatusUpdate.Status.SUCCEEDED,
                    progress,
                    Optional.of(progress + " % ✓"),
                    Instant.now());
            updates.add(queue.publishAsync(
                    STATUS,
                    Message.builder(StatusUpdate.TYPE, update)
                            .correlationId(execution)
                            .build()));
        }
        CompletableFuture.allOf(updates.toArray(CompletableFuture<?>[]::new)).join();
        story.say("%-11s %d status updates, without waiting for each", STATUS, updates.size());

        List<Message> heartbeats = List.of("worker-7", "worker-8", "worker-9").stream()
                .map(worker -> Message.of(
                        WorkerHeartbeat.TYPE,
                        new WorkerHeartbeat(
                                worker, WorkerHeartbeat.State.ACTIVE, 4, List.of(execution), Instant.now())))
                .toList();
        queue.publishAll(HEARTBEATS, heartbeats);
        story.say("%-11s %d heartbeats as one list: all of them are stored, or none", HEARTBEATS, heartbeats.size());

        TaskControl cancel = new TaskControl(
                execution, TaskControl.Action.CANCEL, Optional.of("superseded by run-2026-0043"), Instant.now());
        queue.publish(
                CONTROL,
                Message.builder(TaskControl.TYPE, cancel)
                        .correlationId(execution)
                        .build());
        story.say("%-11s an order to cancel it", CONTROL);
        ALL.forEach(name -> story.say("   %-11s holds %d", name, queue.size(name)));
    }

    private void lookInside() {
        story.chapter("What is in Redis: one entry, as XRANGE shows it");
        RawStream.firstEntry(redis.config(), redis.config().keyPrefix() + TASKS).forEach(line -> story.say("%s", line));
    }

    private void publishTwice() {
        story.chapter("The same message published three times is stored once");
        Message message = Message.builder(NOTE, "paid").id("order-4711-paid").build();
        long before = queue.size(TASKS);
        for (int i = 0; i < 3; i++) {
            queue.publish(TASKS, message);
        }
        story.say(
                "%s went from %d to %d messages: the id is the key, so a retry is always safe",
                TASKS, before, queue.size(TASKS));
    }

    private void publishForLater() {
        story.chapter("A message for tomorrow waits until then");
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        queue.publish(
                TASKS, Message.builder(NOTE, "good morning").notBefore(tomorrow).build());
        QueueStats stats = queue.stats(TASKS);
        story.say("%s: %d ready, %d delayed", TASKS, stats.ready(), stats.delayed());
    }

    private void refuse() {
        story.chapter("What is wrong is refused before anything is sent");
        try {
            QueueName.of("tasks for today");
        } catch (IllegalArgumentException e) {
            story.say("a bad name:    %s", e.getMessage());
        }
        try {
            queue.publish(
                    TASKS,
                    Message.builder(NOTE, "half an emoji: \ud83d").id("note-1").build());
        } catch (MessageSerializationException e) {
            story.say("a bad payload: %s", e.getMessage());
        }
    }

    private void surviveACrash() {
        if (!redis.isOwn()) {
            story.chapter("Killing Redis is left out: it is not ours");
            return;
        }
        story.chapter("Redis is killed while we publish, and comes back");
        redis.kill();
        story.say("killed; publishing to %s now", STATUS);
        CompletableFuture<Void> publication = queue.publishAsync(
                STATUS, Message.builder(NOTE, "still here?").id("note-2").build());
        CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS).execute(() -> {
            story.say("Redis comes back");
            redis.restart();
        });
        publication.join();
        story.say("stored: %s holds %d, the message once and nothing lost", STATUS, queue.size(STATUS));
    }

    private void cleanUp() {
        story.chapter("Cleaning up");
        ALL.forEach(queue::delete);
        story.say("the queues are deleted%s", redis.isOwn() ? ", and our redis-server stops now" : "");
    }

    private static TaskExecution nightlyReport(String executionId) {
        return new TaskExecution(
                executionId,
                "nightly-report",
                "reports.build",
                Map.of(
                        "title", "Bericht für Zoë 🚀 — تقرير — 報告",
                        "recipients", List.of(Map.of("name", "Søren", "address", "soren@example.org")),
                        "options", Map.of("pages", 12, "draft", false)),
                5,
                Instant.now(),
                Duration.ofMinutes(10));
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
