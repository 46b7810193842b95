package io.scheduler.infrastructure.retry;

/** Why a call that failed is not tried again. */
enum Ending {
    NOT_WORTH_IT(""),
    INTERRUPTED(", because the thread was interrupted"),
    CLOSED(", because the queue was closed");

    private final String text;

    Ending(String text) {
        this.text = text;
    }

    /** Goes behind "gave up after 2 attempts in 3.2 s". */
    String text() {
        return text;
    }
}
