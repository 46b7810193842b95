package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;

/** The aspects of the contract, so that an adapter's test cannot leave one out, nor miss one that is added later. */
public final class ContractAspects {

    static final List<Class<?>> ALL = List.of(
            PublishingContract.class,
            DeduplicationContract.class,
            ValidationContract.class,
            DelayContract.class,
            AdminContract.class,
            ReceivingContract.class,
            LeaseContract.class,
            SettlingContract.class,
            HandingBackContract.class,
            GivingUpContract.class,
            DeadLetterContract.class,
            HealthContract.class,
            ClosingContract.class,
            ConcurrencyContract.class);

    private ContractAspects() {}

    /**
     * Fails unless a test has a {@code @Nested} class for every aspect.
     *
     * @param adapterTest the test of an adapter
     */
    public static void requireAllIn(Class<?> adapterTest) {
        List<Class<?>> nested = Stream.<Class<?>>of(adapterTest.getDeclaredClasses())
                .filter(type -> type.isAnnotationPresent(Nested.class))
                .toList();
        List<Class<?>> missing = ALL.stream()
                .filter(aspect -> nested.stream().noneMatch(aspect::isAssignableFrom))
                .toList();
        assertThat(missing)
                .as("aspects of the contract that have no @Nested class in %s", adapterTest.getSimpleName())
                .isEmpty();
    }
}
