package io.scheduler.examples.benchmark;

/** Whose figure it is. */
enum Role {
    /** The library's, through its public API. */
    OURS,
    /** That of something that people would pick instead, or of Redis without any library. */
    REFERENCE
}
