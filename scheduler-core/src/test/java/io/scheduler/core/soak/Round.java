package io.scheduler.core.soak;

import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One storm, the calm after it, and the account of both. */
final class Round {

    private static final QueueName QUEUE = QueueName.of("soak");
    private static final int PUBLISHERS = 3;
    private static final int WORKERS = 2;
    private static final int CONSUMERS = 2;
    private static final int MOST_WAITING = 800;
    private static final Duration HOMECOMING = Duration.ofSeconds(30);

    /** How many queue objects a round needs: workers share those of publishers. */
    static final int CREW = PUBLISHERS + CONSUMERS;

    private final SoakSubject subject;
    private final Crew crew;
    private final Pulse pulse;
    private final long seed;
    private final int number;
    private final Set<String> mayStillCome;
    private final Findings findings = new Findings();
    private volatile Phase phase = Phase.STORM;

    /** @param mayStillCome ids of earlier rounds that may appear late; those of this round are added */
    Round(SoakSubject subject, Crew crew, Pulse pulse, long seed, int number, Set<String> mayStillCome) {
        this.subject = subject;
        this.crew = crew;
        this.pulse = pulse;
        this.seed = seed;
        this.number = number;
        this.mayStillCome = mayStillCome;
    }

    /**
     * Runs it.
     *
     * @throws AssertionError if a law was broken
     */
    void run(String name, Duration storm, Figures figures) throws InterruptedException {
        History history = crew.begin();
        Chaos chaos = new Chaos(subject.faults(), history, this::phase, seed(0));
        List<Publisher> publishers = publishers(history);
        List<Actor> consumers = consumers();
        List<Actor> all = new ArrayList<>(publishers);
        all.addAll(consumers);
        all.add(chaos);
        all.forEach(Actor::start);

        Thread.sleep(storm.toMillis());
        phase = Phase.CALM;
        requireHome(List.of(chaos));
        Moment healed = history.now();
        Aftermath aftermath = aftermath(healed);
        boolean drained = aftermath.await(() -> publishers.stream().allMatch(Actor::hasEnded) && aftermath.isDrained());
        figures.drained(healed.until(history.now()));
        boolean published = publishers.stream().allMatch(Actor::hasEnded);
        phase = Phase.OVER;
        requireHome(all);

        if (!drained) {
            findings.broken(
                    Law.DRAINS_IN_TIME,
                    subject.drainsWithin().toSeconds() + " s after the last fault there is left: "
                            + aftermath.stats().map(Object::toString).orElse("nobody knows")
                            + (published ? "" : ", and a publisher was not done")
                            + failuresSince(healed, history));
        }
        bury(history, aftermath);
        lookAround(aftermath, history);
        findings.addAll(check(history).violations());
        noteWhatMayStillCome(history);
        figures.add(history);
        if (drained) {
            findings.addAll(check(redrive(history)).violations());
        }
        if (!findings.violations().isEmpty()) {
            throw new AssertionError(new Report(name, seed, history).of(findings.violations()));
        }
    }

    private static String failuresSince(Moment healed, History history) {
        List<Call> failures = history.calls().stream()
                .filter(call -> healed.isBefore(call.began()) && call.failure().isPresent())
                .toList();
        return failures.isEmpty()
                ? ""
                : "; meanwhile " + failures.size() + " calls failed, the last of them: "
                        + failures.get(failures.size() - 1);
    }

    private Phase phase() {
        return phase;
    }

    private long seed(int actor) {
        return (seed * 1_000 + number) * 100 + actor;
    }

    private List<Publisher> publishers(History history) {
        List<Publisher> publishers = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            publishers.add(new Publisher(
                    "r" + number + "p" + i,
                    crew.member(i),
                    QUEUE,
                    this::phase,
                    subject.deduplicationWindow().dividedBy(3),
                    () -> history.waiting() > MOST_WAITING,
                    subject::now,
                    seed(1 + i)));
        }
        return publishers;
    }

    private List<Actor> consumers() {
        List<Actor> consumers = new ArrayList<>();
        for (int i = 0; i < CONSUMERS; i++) {
            consumers.add(new PlainConsumer(crew, PUBLISHERS + i, QUEUE, this::phase, seed(20 + i)));
        }
        for (int i = 0; i < WORKERS; i++) {
            consumers.add(new WorkerKeeper(crew.member(i), i, QUEUE, this::phase, seed(40 + i)));
        }
        return consumers;
    }

    private Aftermath aftermath(Moment healed) {
        long end = healed.nanos() + subject.drainsWithin().toNanos();
        return new Aftermath(crew.member(0), QUEUE, new Moment(end, healed.time()));
    }

    private void requireHome(List<? extends Actor> actors) throws InterruptedException {
        for (Actor actor : actors) {
            if (!actor.join(subject.closesWithin().plus(HOMECOMING))) {
                findings.broken(Law.ENDS_IN_TIME, "a thread of the soak does not come home");
            }
            Optional<Throwable> failure = actor.failure();
            if (failure.isPresent()) {
                throw new IllegalStateException("The soak itself failed, with seed " + seed, failure.get());
            }
        }
    }

    private void bury(History history, Aftermath aftermath) {
        List<DeadLetter> letters = new ArrayList<>();
        aftermath.await(() -> {
            letters.clear();
            return letters.addAll(aftermath.letters()) || letters.isEmpty();
        });
        for (DeadLetter letter : letters) {
            String id = letter.message().map(message -> message.id()).orElse("");
            if (!history.died(id, letter) && !mayStillCome.contains(id)) {
                findings.broken(Law.NOTHING_IS_INVENTED, "nobody published in this round what died: " + letter);
            }
        }
    }

    private void lookAround(Aftermath aftermath, History history) {
        aftermath.stats().ifPresent(stats -> {
            Duration remembered = subject.forgetsConsumersWithin();
            long renamed = history.faults().stream()
                    .filter(fault -> fault.forgetsLeases() || fault.goesBack())
                    .count();
            long most = crew.size() + crew.crashesWithin(remembered) + crew.size() * renamed;
            if (stats.consumers() > most) {
                findings.broken(
                        Law.CONSUMERS_ARE_BOUNDED,
                        "the broker counts " + stats.consumers() + " consumers; " + crew.size() + " are there, and "
                                + crew.crashesWithin(remembered) + " crashed within " + remembered);
            }
        });
    }

    private History redrive(History first) {
        History second = crew.begin();
        for (Story story : first.stories()) {
            story.letters().stream()
                    .flatMap(letter -> letter.message().stream())
                    .forEach(message -> {
                        Call redriven = second.begin(Call.Kind.PUBLISH, "as a dead letter", 0, Duration.ofDays(1));
                        redriven.end(second.now(), Outcome.DONE);
                        second.publishing(message, redriven);
                    });
        }
        Aftermath aftermath = aftermath(second.now());
        if (!aftermath.redriveAndComplete()) {
            findings.broken(
                    Law.DRAINS_IN_TIME,
                    "dead letters were redriven, and there is left: "
                            + aftermath.stats().map(Object::toString).orElse("nobody knows"));
        }
        List<String> leftovers = new ArrayList<>();
        boolean clean = aftermath.await(() -> {
            leftovers.clear();
            leftovers.addAll(subject.leftovers(QUEUE));
            return leftovers.isEmpty();
        });
        if (!clean) {
            findings.broken(Law.NOTHING_IS_LEFT, String.join(", ", leftovers));
        }
        return second;
    }

    private Findings check(History history) {
        return new HistoryCheck(history, subject.maxAttempts(), pulse, mayStillCome).run();
    }

    private void noteWhatMayStillCome(History history) {
        Set<String> ids = new HashSet<>();
        history.stories().stream()
                .filter(story -> !story.wasStored())
                .filter(story -> story.publications().stream()
                        .anyMatch(call -> call.outcome().mayBeDone()))
                .forEach(story -> ids.add(story.message().id()));
        mayStillCome.addAll(ids);
    }
}
