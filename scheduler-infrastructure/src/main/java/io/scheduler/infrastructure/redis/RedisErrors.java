package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.core.queue.QueueUnavailableException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.redisson.RedissonShutdownException;
import org.redisson.client.RedisAuthRequiredException;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisNodeNotFoundException;
import org.redisson.client.RedisOutOfMemoryException;
import org.redisson.client.RedisResponseTimeoutException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.RedisWrongPasswordException;
import org.redisson.client.WriteRedisConnectionException;

/**
 * Tells what a failure means: <em>not done</em>, <em>refused</em> or <em>unknown</em>. Errors for which Redisson has no
 * class are told by the word that Redis puts first.
 */
final class RedisErrors {

    /** Redis said no, but only for now. */
    private static final Set<String> TEMPORARY =
            Set.of("READONLY", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "BUSY", "NOREPLICAS");

    /** Redis said no, and this is what would change its mind. */
    private static final Map<String, String> ADVICE = Map.of(
            "WRONGTYPE",
                    "a key of this queue holds something else; rename the queue, set a keyPrefix, or remove the key",
            "NOAUTH", "set username and password",
            "WRONGPASS", "check username and password",
            "CROSSSLOT", "the queue's keys must share one cluster slot; is a name mapper at work?",
            "OOM", "Redis is full (maxmemory); consume or delete something, or give it more memory",
            "MISCONF", "Redis cannot write to its disk and has stopped taking writes; see its log");

    /** Redis does not allow this user to do that. */
    private static final String NOPERM = "NOPERM";

    /** What a script of ours says first when it failed after it had written something. */
    private static final String PARTIAL = "PARTIAL";

    /** How Redis says inside a script what it calls NOPERM outside: up to 7.0, and since then. */
    private static final List<String> NO_PERMISSION =
            List.of("The user executing the script can't", "ACL failure in script");

    /** An ERR that is one only for now. */
    private static final String TOO_MANY_CLIENTS = "max number of clients reached";

    /** Redis 6 puts the error of a command inside a script behind these words, or the script's line, or both. */
    private static final Pattern SCRIPT_WRAPPER =
            Pattern.compile("^(?:ERR Error running script \\(call to \\w+\\): |ERR )?(?:@?user_script: ?\\d+: )+-?");

    /** Redisson puts the channel, the command and its arguments behind Redis' words. */
    private static final Pattern REDISSON_TAIL = Pattern.compile("\\.* ?channel: \\[.*", Pattern.DOTALL);

    /** Since Redis 7 the script's name and line come behind the error. */
    private static final Pattern SCRIPT_TAIL = Pattern.compile(" script: \\w+, on @.*", Pattern.DOTALL);

    /** The native transport names the system call, and its number for what comes then in words. */
    private static final Pattern SYSTEM_CALL = Pattern.compile("^\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ");

    private final String server;
    private final Duration commandTimeout;

    RedisErrors(String server, Duration commandTimeout) {
        this.server = server;
        this.commandTimeout = commandTimeout;
    }

    /** The error for a failed operation. One that is a {@link QueueException} already stays what it is. */
    QueueException translate(Operation operation, Throwable failure) {
        Throwable cause = unwrap(failure);
        if (cause instanceof QueueException known) {
            return known;
        }
        if (cause instanceof NotDurableException notDurable) {
            String problem = server + " " + notDurable.getMessage();
            return notDurable.isStored()
                    ? new OutcomeUnknownException(
                            operation, problem + "; publishing it again stores nothing twice, and asks again", cause)
                    : new QueueRefusedException(operation, problem, cause);
        }
        if (cause instanceof RedissonShutdownException) {
            return new OutcomeUnknownException(operation, "the client was closed before the answer", cause);
        }
        if (cause instanceof RedisResponseTimeoutException || cause instanceof TimeoutException) {
            return new OutcomeUnknownException(
                    operation, server + " did not answer within " + commandTimeout.toMillis() + " ms", cause);
        }
        Optional<String> tls = TlsFailure.reason(cause);
        if (tls.isPresent()) {
            return new QueueRefusedException(operation, server + " " + tls.get(), cause);
        }
        Optional<String> code = code(cause);
        if (code.filter(PARTIAL::equals).isPresent()) {
            return new OutcomeUnknownException(
                    operation,
                    server + " stopped in the middle: " + words(cause) + "; "
                            + RedisRole.of(operation).advice(),
                    cause);
        }
        if (code.filter(NOPERM::equals).isPresent()) {
            return new QueueRefusedException(
                    operation,
                    server + " refused: " + words(cause) + "; "
                            + RedisRole.of(operation).advice(),
                    cause);
        }
        if (code.isPresent() && ADVICE.containsKey(code.get())) {
            String advice = ADVICE.get(code.get());
            return new QueueRefusedException(
                    operation, server + " refused: " + words(cause) + " (" + advice + ")", cause);
        }
        if (code.isPresent() && TEMPORARY.contains(code.get())) {
            return new QueueUnavailableException(operation, server + " cannot work now: " + words(cause), cause);
        }
        if (cause instanceof WriteRedisConnectionException || cause instanceof RedisTimeoutException) {
            return new QueueUnavailableException(operation, "it could not be sent to " + server, cause);
        }
        if (code.filter("ERR"::equals).isPresent() && !rootWords(cause).contains(TOO_MANY_CLIENTS)) {
            return new QueueRefusedException(operation, server + " refused: " + rootWords(cause), cause);
        }
        if (cause instanceof RedisConnectionException
                || cause instanceof RedisNodeNotFoundException
                || neverConnected(cause)) {
            return new QueueUnavailableException(operation, server + " cannot be reached: " + rootWords(cause), cause);
        }
        if (words(cause).startsWith("MOVED")) {
            return new QueueRefusedException(
                    operation, server + " is a node of a cluster; name it as one, with redis-cluster://", cause);
        }
        if (code.isPresent()) {
            return new QueueRefusedException(operation, server + " refused: " + words(cause), cause);
        }
        if (cause instanceof RedisException) {
            return new OutcomeUnknownException(
                    operation, "the connection to " + server + " was lost before the answer: " + words(cause), cause);
        }
        return new OutcomeUnknownException(operation, "an unexpected failure, " + cause, cause);
    }

    /** Redisson passes some failures to connect on in an exception without a class of its own. */
    private static boolean neverConnected(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Whether a read failed because its stream or its group has gone, which creating them mends. */
    static boolean isGroupGone(Throwable failure) {
        return code(unwrap(failure))
                .filter(code -> code.equals("NOGROUP") || code.equals("UNBLOCKED"))
                .isPresent();
    }

    static boolean isNoScript(Throwable failure) {
        return code(unwrap(failure)).filter("NOSCRIPT"::equals).isPresent();
    }

    /** The word by which Redis names the kind of an error; empty if the error is not from Redis. */
    static Optional<String> code(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisOutOfMemoryException) {
                return Optional.of("OOM");
            }
            if (cause instanceof RedisAuthRequiredException) {
                return Optional.of("NOAUTH");
            }
            if (cause instanceof RedisWrongPasswordException) {
                return Optional.of("WRONGPASS");
            }
            if (cause instanceof RedisException) {
                if (NO_PERMISSION.stream().anyMatch(words(cause)::contains)
                        && !words(cause).startsWith(PARTIAL)) {
                    return Optional.of(NOPERM);
                }
                String first = words(cause).split("[ :]", 2)[0];
                if (!first.isEmpty() && first.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
                    return Optional.of(first);
                }
            }
        }
        return Optional.empty();
    }

    /** What Redis itself said, in one line, without what Redisson and the script engine put around it. */
    static String words(Throwable failure) {
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        text = REDISSON_TAIL.matcher(text).replaceFirst("");
        text = SCRIPT_WRAPPER.matcher(text).replaceFirst("");
        text = SYSTEM_CALL.matcher(text).replaceFirst("");
        return SCRIPT_TAIL.matcher(text).replaceFirst("").strip();
    }

    private static String rootWords(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof TimeoutException ? "no connection in time" : words(root);
    }
}
