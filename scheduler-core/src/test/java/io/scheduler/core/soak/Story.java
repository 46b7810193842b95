package io.scheduler.core.soak;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.DeadLetter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** All that is known of one message: how it was published, handed out and settled, and whether it is dead. */
final class Story {

    private final Message message;
    private final List<Call> publications = new CopyOnWriteArrayList<>();
    private final List<Handout> handouts = new CopyOnWriteArrayList<>();
    private final List<DeadLetter> letters = new CopyOnWriteArrayList<>();

    /** @param message as it was published */
    Story(Message message) {
        this.message = message;
    }

    void add(Call publication) {
        publications.add(publication);
    }

    void add(Handout handout) {
        handouts.add(handout);
    }

    void add(DeadLetter letter) {
        letters.add(letter);
    }

    Message message() {
        return message;
    }

    List<Call> publications() {
        return publications;
    }

    List<Handout> handouts() {
        return handouts;
    }

    List<DeadLetter> letters() {
        return letters;
    }

    boolean isAcknowledged() {
        return publications.stream().anyMatch(call -> call.outcome() == Outcome.DONE);
    }

    boolean isCompleted() {
        return handouts.stream()
                .anyMatch(handout -> handout.done(Call.Kind.ACK).findAny().isPresent());
    }

    /** Whether it was seen to be stored, or said to be. */
    boolean wasStored() {
        return isAcknowledged() || !handouts.isEmpty() || !letters.isEmpty();
    }

    /** Handouts that the attempt says came after another one. */
    Stream<Handout> after(Handout earlier) {
        return handouts.stream().filter(later -> later.attempt() > earlier.attempt());
    }
}
