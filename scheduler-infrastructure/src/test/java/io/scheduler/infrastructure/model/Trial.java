package io.scheduler.infrastructure.model;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageBuilder;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.DeadLetters;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * One sequence of operations, done to the queue under test and to the model. After each operation everything that can
 * be asked of both queues has to be the same on either side.
 */
final class Trial {

    /** How a trial ended. */
    enum Outcome {
        AGREED,
        DIFFERED,
        /** The machine was so slow that leases may have ended by themselves: this trial tells nothing. */
        TOO_SLOW
    }

    /**
     * What came of a trial.
     *
     * @param outcome how it ended
     * @param lines what was done and answered
     * @param difference what differed, if something did
     */
    record Result(Outcome outcome, List<String> lines, Optional<Throwable> difference) {}

    /** A publication of messages to a queue. */
    interface Publication {
        void to(MessageQueue port, QueueName queue, List<Message> messages);
    }

    private final Subject subject;
    private final List<ReferenceQueue> models;
    private final List<Handed> handed = new ArrayList<>();
    private final List<Set<String>> letterIds = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private int published;

    private Trial(Subject subject, Pace pace) {
        this.subject = subject;
        this.models = IntStream.range(0, Subject.QUEUES)
                .mapToObj(queue -> new ReferenceQueue(pace, () -> now))
                .toList();
        models.forEach(model -> letterIds.add(new LinkedHashSet<>()));
    }

    static Result run(Subject subject, Pace pace, List<Operation> operations) {
        Trial trial = new Trial(subject, pace);
        for (Operation operation : operations) {
            Optional<Throwable> difference = Optional.empty();
            try {
                operation.on(trial);
                trial.compare();
            } catch (AssertionError | RuntimeException e) {
                difference = Optional.of(e);
            }
            if (!subject.onTime()) {
                return new Result(Outcome.TOO_SLOW, trial.lines, Optional.empty());
            }
            if (difference.isPresent()) {
                return new Result(Outcome.DIFFERED, trial.lines, difference);
            }
        }
        return new Result(Outcome.AGREED, trial.lines, Optional.empty());
    }

    void publish(int consumer, int queue, List<Draft> drafts, Publication publication) {
        call(by(consumer) + "publish " + drafts + on(queue));
        List<Message> messages = drafts.stream().map(this::message).toList();
        publication.to(subject.consumer(consumer), subject.queue(queue), messages);
        for (int i = 0; i < drafts.size(); i++) {
            models.get(queue).publish(messages.get(i), drafts.get(i).notBefore().orElse(Duration.ZERO));
        }
    }

    void receive(int consumer, int queue, int max) {
        call(by(consumer) + "receive up to " + max + on(queue));
        List<Delivery> received = subject.consumer(consumer).receive(subject.queue(queue), max, Duration.ZERO);
        int first = handed.size();
        answer(IntStream.range(0, received.size())
                .mapToObj(
                        i -> "#" + (first + i) + " " + received.get(i).message().id() + " attempt "
                                + received.get(i).attempt())
                .toList());
        handed.addAll(models.get(queue).receive(max, received, consumer, queue));
    }

    void settle(int pick, String what, Predicate<Delivery> settlement, BiConsumer<ReferenceQueue, Handed> onModel) {
        if (handed.isEmpty()) {
            return;
        }
        Handed picked = picked(pick);
        call(by(picked.consumer()) + "#" + handed.indexOf(picked) + " " + what);
        boolean owned = settlement.test(picked.delivery());
        answer(owned);
        settled(picked, owned, onModel);
    }

    void ackAll(int consumer, List<Integer> picks, boolean strangersToo) {
        if (handed.isEmpty()) {
            return;
        }
        List<Handed> chosen = picks.stream()
                .map(this::picked)
                .distinct()
                .filter(delivery -> strangersToo || delivery.consumer() == consumer)
                .toList();
        call(by(consumer) + "ackAll "
                + chosen.stream()
                        .map(delivery -> "#" + handed.indexOf(delivery))
                        .collect(joining(", ")));
        MessageQueue port = subject.consumer(consumer);
        List<Delivery> deliveries = chosen.stream().map(Handed::delivery).toList();
        if (chosen.stream().anyMatch(delivery -> delivery.consumer() != consumer)) {
            answer("refused");
            assertThatIllegalArgumentException().isThrownBy(() -> port.ackAll(deliveries));
            return;
        }
        List<Delivery> stale = port.ackAll(deliveries);
        answer(stale.size() + " stale");
        assertThat(deliveries).as("what ackAll was given").containsAll(stale);
        assertThat(stale).as("stale deliveries").doesNotHaveDuplicates();
        chosen.forEach(delivery -> settled(delivery, !stale.contains(delivery.delivery()), ReferenceQueue::ack));
    }

    <T> void ask(
            int consumer,
            int queue,
            String what,
            BiFunction<MessageQueue, QueueName, T> question,
            Function<ReferenceQueue, T> onModel) {
        call(by(consumer) + "" + what + on(queue));
        T actual = question.apply(subject.consumer(consumer), subject.queue(queue));
        answer(actual);
        assertThat(actual).as("answer").isEqualTo(onModel.apply(models.get(queue)));
    }

    void pass(Duration time) {
        call("time passes: " + time);
        subject.pass(time);
        now = now.plus(time);
    }

    /** Ids of letters that were seen in a queue: some may be gone, and some there twice. */
    List<String> letterIds(int queue, List<Integer> picks) {
        List<String> seen = List.copyOf(letterIds.get(queue));
        return seen.isEmpty()
                ? List.of()
                : picks.stream().map(pick -> seen.get(pick % seen.size())).toList();
    }

    private void settled(Handed picked, boolean owned, BiConsumer<ReferenceQueue, Handed> onModel) {
        ReferenceQueue model = models.get(picked.queue());
        model.requireAllowed(picked, owned);
        if (owned) {
            onModel.accept(model, picked);
        }
    }

    /** Each queue object is asked about one of the queues, which both of them share. */
    private void compare() {
        for (int i = 0; i < models.size(); i++) {
            ReferenceQueue model = models.get(i);
            MessageQueue port = subject.consumer((i + lines.size()) % Subject.CONSUMERS);
            QueueName name = subject.queue(i);
            assertThat(port.exists(name)).as("whether queue %d exists", i).isEqualTo(model.exists());
            List<DeadLetter> letters = port.deadLetters(name, DeadLetters.MAX_LISTED);
            model.requireDeadLetters(letters);
            model.requireStats(port.stats(name));
            assertThat(port.size(name)).as("size of queue %d", i).isEqualTo(model.size());
            letters.stream().map(DeadLetter::id).forEach(letterIds.get(i)::add);
        }
    }

    /** The latest deliveries are the lowest numbers. */
    private Handed picked(int pick) {
        return handed.get(handed.size() - 1 - pick % handed.size());
    }

    private Message message(Draft draft) {
        published++;
        MessageBuilder builder = Message.builder(ReferenceQueue.TEXT, "p" + published)
                .id(draft.id())
                .header("publication", String.valueOf(published))
                .correlationId("trial")
                .timestamp(Instant.ofEpochSecond(published));
        draft.notBefore().map(subject.now()::plus).ifPresent(builder::notBefore);
        return builder.build();
    }

    private static String by(int consumer) {
        return "consumer " + consumer + ": ";
    }

    private static String on(int queue) {
        return " on queue " + queue;
    }

    private void call(String what) {
        lines.add(what);
    }

    private void answer(Object answer) {
        lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " -> " + Objects.toString(answer));
    }
}
