package io.scheduler.infrastructure.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Draws sequences of operations: the same for the same seed and pace. For use by one thread. */
final class RandomOperations {

    private static final int IDS = 1000;
    private static final int IDS_THAT_ARE_REPEATED = 4;

    private static final int MOST_AT_ONCE = 4;

    private final Random random;
    private final Pace pace;
    private final List<Supplier<Operation>> weighted = new ArrayList<>();

    private RandomOperations(long seed, Pace pace) {
        this.random = new Random(seed);
        this.pace = pace;
        add(14, () -> new Operation.Publish(consumer(), queue(), draft()));
        add(8, () -> new Operation.PublishAll(consumer(), queue(), several(this::draft)));
        add(24, () -> new Operation.Receive(consumer(), queue(), 1 + random.nextInt(MOST_AT_ONCE)));
        add(5, () -> new Operation.Ack(pick()));
        add(9, () -> new Operation.Nack(pick(), Duration.ZERO));
        add(4, () -> new Operation.Nack(pick(), delay()));
        add(4, () -> new Operation.Release(pick()));
        add(8, () -> new Operation.Reject(pick(), "reason " + random.nextInt(100)));
        add(4, () -> new Operation.ExtendLease(pick()));
        add(4, () -> new Operation.AckAll(consumer(), several(this::pick), random.nextInt(4) == 0));
        add(1, () -> new Operation.Create(consumer(), queue()));
        add(1, () -> new Operation.Delete(consumer(), queue()));
        add(1, () -> new Operation.Purge(consumer(), queue()));
        add(4, () -> new Operation.Redrive(consumer(), queue(), most()));
        add(4, () -> new Operation.RedriveSome(consumer(), queue(), several(this::pick)));
        add(1, () -> new Operation.PurgeDeadLetters(consumer(), queue()));
    }

    static List<Operation> draw(long seed, Pace pace) {
        RandomOperations operations = new RandomOperations(seed, pace);
        return Stream.generate(operations::next).limit(pace.operations()).toList();
    }

    private Operation next() {
        return random.nextInt(pace.operationsPerPass()) == 0
                ? new Operation.Pass(oneOf(pace.passes()))
                : oneOf(weighted).get();
    }

    private void add(int weight, Supplier<Operation> operation) {
        IntStream.range(0, weight).forEach(i -> weighted.add(operation));
    }

    private int consumer() {
        return random.nextInt(Subject.CONSUMERS);
    }

    /** One queue has most of the traffic, so that things meet. */
    private int queue() {
        return random.nextInt(4) == 0 ? 1 : 0;
    }

    private Draft draft() {
        int ids = random.nextInt(4) == 0 ? IDS_THAT_ARE_REPEATED : IDS;
        return new Draft("m" + random.nextInt(ids), notBefore());
    }

    private Optional<Duration> notBefore() {
        return switch (random.nextInt(8)) {
            case 0 -> Optional.of(delay().negated());
            case 1, 2 -> Optional.of(delay());
            default -> Optional.empty();
        };
    }

    private Duration delay() {
        return oneOf(pace.delays());
    }

    /** Mostly one of the latest. */
    private int pick() {
        return random.nextInt(random.nextInt(3) == 0 ? 100 : 4);
    }

    private int most() {
        return random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(MOST_AT_ONCE);
    }

    private <T> List<T> several(Supplier<T> each) {
        return Stream.generate(each).limit(random.nextInt(MOST_AT_ONCE + 1)).toList();
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
