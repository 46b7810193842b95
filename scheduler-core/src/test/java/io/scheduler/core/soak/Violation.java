package io.scheduler.core.soak;

import java.util.Optional;

/**
 * A law that was broken.
 *
 * @param law which
 * @param text how
 * @param story the message that shows it; empty if it is about none
 */
record Violation(Law law, String text, Optional<Story> story) {}
