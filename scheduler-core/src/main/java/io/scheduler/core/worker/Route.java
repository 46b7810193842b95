package io.scheduler.core.worker;

import java.util.Optional;

/**
 * What is done with the messages of one type.
 *
 * @param handler works on them
 * @param policy what becomes of them if that fails; empty for the worker's own policy
 */
record Route(MessageHandler handler, Optional<RetryPolicy> policy) {}
