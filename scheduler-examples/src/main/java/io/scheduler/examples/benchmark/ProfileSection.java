package io.scheduler.examples.benchmark;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whose code the processor is in while messages are published and consumed as fast as they go, by Java Flight Recorder.
 */
final class ProfileSection implements Section {

    private static final String PUBLISHING = "publishing";
    private static final String CONSUMING = "consuming";
    private static final int TOP = 12;

    @Override
    public String name() {
        return "profile";
    }

    @Override
    public String title() {
        return "Where the time goes";
    }

    @Override
    public Result measure(BenchmarkRedis redis, Effort effort, Progress progress) throws Exception {
        List<Figure> figures = new ArrayList<>();
        int messages = effort.messages() * 5;
        try (MessageQueue queue = redis.queue()) {
            RoundTrip trip = new RoundTrip(queue, messages);
            new RoundTrip(queue, messages / 5).run(Sample.newQueue());
            QueueName name = Sample.newQueue();
            add(
                    figures,
                    PUBLISHING,
                    FlightProfile.of(() -> trip.publish(List.of(name), messages, Sample::message)),
                    progress);
            add(figures, CONSUMING, FlightProfile.of(() -> trip.consume(List.of(name), messages)), progress);
        }
        return Result.of(
                this,
                figures,
                List.of(),
                "Samples of Java Flight Recorder, in percent of those in which this JVM was running. *In* is the code"
                        + " that was running; *for* is the first frame above it that is not the JDK's. What the system"
                        + " does for the JVM (writing to and reading from sockets) counts as kernel.");
    }

    private static void add(List<Figure> figures, String what, FlightProfile profile, Progress progress) {
        for (Owner owner : Owner.values()) {
            figures.add(figure(what, owner, "in", profile.running()));
            figures.add(figure(what, owner, "for", profile.behalf()));
        }
        progress.say("%s, the methods that ran most:", what);
        profile.methods().entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(TOP)
                .forEach(method -> progress.say("%5.1f %% %s", method.getValue(), method.getKey()));
    }

    private static Figure figure(String what, Owner owner, String column, Map<Owner, Double> shares) {
        return new Figure(
                what,
                owner.text(),
                column + ", %",
                Role.REFERENCE,
                Unit.PERCENT,
                List.of(shares.getOrDefault(owner, 0.0)));
    }
}
