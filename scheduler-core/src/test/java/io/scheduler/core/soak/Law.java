package io.scheduler.core.soak;

/** What a history is held to. The numbers are those of {@code docs/delivery-contract.md}. */
public enum Law {
    NOTHING_IS_LOST("1.1, 6.11: every message that was stored is completed or a dead letter"),
    NOT_DONE_IS_NOT_DONE("1.15: a publication that was not done leaves nothing behind"),
    ONE_ENTRY("1.3: a message id is stored once, however often it is published"),
    NOTHING_IS_INVENTED("3.3: nothing is delivered that was not published"),
    NOTHING_IS_ALTERED("3.3: what is delivered is what was published"),
    NEVER_EARLY("1.8, 6.2: nothing is delivered before its time"),
    LEASES_DO_NOT_OVERLAP("4.1: while a lease lasts nobody else gets the message"),
    ATTEMPTS_RISE("4.2, 6.1, 6.12: every delivery has a higher attempt than those before it that were not released"),
    ATTEMPTS_END("6.5: no message has more attempts than the maximum"),
    RETRIES_ARE_COUNTED("6.1: the retry count tells how often a message was handed back"),
    ACKNOWLEDGED_IS_DONE("5.1: nothing is delivered after it was acknowledged or became a dead letter"),
    STALE_CHANGES_NOTHING("5.2: a delivery that is stale settles nothing"),
    VALID_IS_SETTLED("5.2: a delivery that is valid can be settled"),
    SETTLED_ONCE("5.3: a delivery is settled once"),
    DEAD_FOR_A_REASON("6.4, 6.5: a dead letter was rejected or has had its last attempt, and is there once"),
    ENDS_IN_TIME("9.3: every call ends within its deadline"),
    ENDS_AS_PROMISED("Errors: every call ends as done, as not done or as unknown"),
    DRAINS_IN_TIME("4.2: when nothing fails any more everything is done within the stated time"),
    NOTHING_IS_LEFT("2.7: a queue with nothing to do holds nothing"),
    CONSUMERS_ARE_BOUNDED("2.11: the broker counts the consumers that are there, and forgets the others"),
    THREADS_END("8.1: a closed queue object leaves no thread behind"),
    MEMORY_STAYS("no memory is kept for what is over");

    private final String text;

    Law(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return name() + " (" + text + ")";
    }
}
