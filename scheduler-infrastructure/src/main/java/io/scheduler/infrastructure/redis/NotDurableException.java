package io.scheduler.infrastructure.redis;

/**
 * A publication whose durability is not what was asked for. Made before anybody knows which publications it concerns;
 * {@link RedisErrors} makes the error that they get.
 */
final class NotDurableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean stored;

    /** @param stored whether Redis has the messages nevertheless; if not, it cannot do what was asked */
    NotDurableException(boolean stored, String problem, Throwable cause) {
        super(problem, cause);
        this.stored = stored;
    }

    boolean isStored() {
        return stored;
    }
}
