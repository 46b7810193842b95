package io.scheduler.core.queue.contract;

import java.time.Duration;

/**
 * How a queue that the contract asks for is to be configured; everything else is as the adapter likes it.
 *
 * @param lease how long a consumer may hold a message
 * @param maxAttempts how many times a message is handed out before it goes to the dead letters
 */
public record ContractSettings(Duration lease, int maxAttempts) {

    /** Leases that outlast every test, and more attempts than any test makes. */
    public static final ContractSettings LASTING = new ContractSettings(Duration.ofMinutes(10), 100);

    /** Leases that are there to run out. */
    static final ContractSettings BRIEF = new ContractSettings(Duration.ofMillis(300), 100);

    /** These settings with fewer attempts. */
    ContractSettings withMaxAttempts(int attempts) {
        return new ContractSettings(lease, attempts);
    }
}
