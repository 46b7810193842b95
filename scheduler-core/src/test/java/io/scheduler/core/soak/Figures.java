package io.scheduler.core.soak;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a soak has done, for people. For use by one thread. */
public final class Figures {

    private final String name;
    private final long seed;
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Map<String, Long> faults = new TreeMap<>();
    private final Map<Call.Kind, Duration> slowest = new EnumMap<>(Call.Kind.class);
    private int rounds;
    private long messages;
    private long acknowledged;
    private long neverStored;
    private long repeatedPublications;
    private long deliveries;
    private long redeliveries;
    private long staleSettlements;
    private long completed;
    private long dead;
    private long crashes;
    private Duration lasted = Duration.ZERO;
    private Duration longestDrain = Duration.ZERO;
    private Duration longestStall = Duration.ZERO;

    Figures(String name, long seed) {
        this.name = name;
        this.seed = seed;
    }

    void add(History history) {
        rounds++;
        for (Call call : history.calls()) {
            outcomes.merge(call.outcome(), 1L, Long::sum);
            Duration took = call.began().until(call.ended().orElseGet(history::now));
            if (call.kind() != Call.Kind.RECEIVE) {
                slowest.merge(call.kind(), took, Figures::longer);
            }
        }
        history.stories().forEach(this::add);
        history.faults().forEach(fault -> faults.merge(fault.name(), 1L, Long::sum));
    }

    private void add(Story story) {
        messages++;
        acknowledged += story.isAcknowledged() ? 1 : 0;
        neverStored += story.wasStored() ? 0 : 1;
        repeatedPublications += story.publications().size() - 1;
        deliveries += story.handouts().size();
        redeliveries += Math.max(0, story.handouts().size() - 1);
        staleSettlements += story.handouts().stream()
                .flatMap(handout -> handout.settlements().stream())
                .filter(settlement -> settlement.outcome() == Outcome.STALE)
                .count();
        completed += story.isCompleted() ? 1 : 0;
        dead += story.letters().isEmpty() ? 0 : 1;
    }

    void drained(Duration time) {
        longestDrain = longer(longestDrain, time);
    }

    void ended(Duration time, int crashedConsumers, Duration stall) {
        lasted = time;
        crashes = crashedConsumers;
        longestStall = longer(longestStall, stall);
    }

    /**
     * How many messages were published.
     *
     * @return their number, whatever became of them
     */
    public long messages() {
        return messages;
    }

    /**
     * How many faults there were.
     *
     * @return their number
     */
    public long faults() {
        return sum(faults.values());
    }

    /** The figures as a table in Markdown. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder("| " + name + ", seed " + seed + " | |\n|---|---|\n");
        row(table, "lasted", (lasted.toSeconds() + " s, " + rounds + " rounds"));
        row(table, "calls", number(sum(outcomes.values())));
        outcomes.forEach((outcome, count) -> row(table, "– " + outcome, number(count)));
        row(table, "messages", number(messages));
        row(table, "– publication acknowledged", number(acknowledged));
        row(table, "– never stored, and never said to be", number(neverStored));
        row(table, "publications repeated", number(repeatedPublications));
        row(table, "deliveries", number(deliveries));
        row(table, "– of these, again", number(redeliveries));
        row(table, "settlements told that they were stale", number(staleSettlements));
        row(table, "completed", number(completed));
        row(table, "dead letters, all redriven and completed", number(dead));
        row(table, "consumers crashed", number(crashes));
        row(table, "faults", number(faults()));
        faults.forEach((fault, count) -> row(table, "– " + fault, number(count)));
        slowest.forEach((kind, time) -> row(table, "slowest " + kind, time.toMillis() + " ms"));
        row(table, "longest from healing to done", longestDrain.toMillis() + " ms");
        row(table, "longest stall of this process", longestStall.toMillis() + " ms");
        row(table, "**messages lost**", "0");
        row(table, "**messages stored twice**", "0");
        row(table, "**other violations**", "0");
        return table.toString();
    }

    private static void row(StringBuilder table, String what, String value) {
        table.append("| ").append(what).append(" | ").append(value).append(" |\n");
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static long sum(Collection<Long> values) {
        return values.stream().mapToLong(Long::longValue).sum();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
