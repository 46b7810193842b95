package io.scheduler.infrastructure.redis;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What to log in to Redis with. {@link #toString} shows no password.
 *
 * @param username the user, without blanks; empty for the one that Redis calls {@code default}
 * @param password at least one character
 */
public record RedisCredentials(Optional<String> username, String password) {

    private static final Pattern USERNAME = Pattern.compile("[^\\s\\p{Cntrl}]+");

    /**
     * Checks both parts.
     *
     * @throws IllegalArgumentException if one breaks its rule; the text never shows the password
     */
    public RedisCredentials {
        requirePassword(password);
        username.ifPresent(RedisCredentials::requireUsername);
    }

    /**
     * The password of the user that Redis calls {@code default}.
     *
     * @param password at least one character
     * @return the credentials
     */
    public static RedisCredentials of(String password) {
        return new RedisCredentials(Optional.empty(), password);
    }

    /**
     * A user and its password.
     *
     * @param username a name without blanks
     * @param password at least one character
     * @return the credentials
     */
    public static RedisCredentials of(String username, String password) {
        return new RedisCredentials(Optional.of(username), password);
    }

    static void requireUsername(String name) {
        if (!USERNAME.matcher(name).matches()) {
            throw Allowed.refusal("username", Allowed.quoted(name), "at least one character, none of them blank");
        }
    }

    static void requirePassword(String password) {
        if (password.isEmpty()) {
            throw Allowed.refusal("password", "an empty one", "none, or at least one character");
        }
    }

    /** The user, with {@code ***} in place of the password. */
    @Override
    public String toString() {
        return "RedisCredentials["
                + username.map(name -> "username=" + name + ", ").orElse("") + "password=***]";
    }
}
