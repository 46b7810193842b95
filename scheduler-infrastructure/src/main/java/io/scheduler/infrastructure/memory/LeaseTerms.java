package io.scheduler.infrastructure.memory;

import java.time.Duration;

/**
 * The terms on which a queue object takes messages.
 *
 * @param duration how long a lease lasts
 * @param maxAttempts how many times a message is handed out before it is given up
 */
record LeaseTerms(Duration duration, int maxAttempts) {}
