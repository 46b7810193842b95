package io.scheduler.infrastructure.redis;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;

/** Between a master and its one replica. */
final class Replication {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern PORT = Pattern.compile("slave0:.*port=(\\d+)");

    /** Redis gives up after five seconds. */
    private static final Duration ORDER_LASTS = Duration.ofSeconds(6);

    /** Nobody has this password. */
    private static final String REFUSED = "refused";

    private Replication() {}

    /** Blocks until the replica has all that the master has now. */
    static void awaitReplicated(RedisServerProcess master) {
        // In the slot of the soaked queue.
        String marker = "{" + RedisSoakSettings.QUEUE.value() + "}:marker";
        await("replication").until(() -> {
            try (RespClient client = master.client()) {
                client.call("SET", marker, "x");
                client.call("DEL", marker);
                return client.number("WAIT", 1, 2_000) == 1;
            }
        });
    }

    /** Orders a replica to take over, and again when that came to nothing. */
    static void awaitOrdered(Runnable order, RedisServerProcess replica) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - end < 0) {
            order.run();
            try {
                await("a new master")
                        .atMost(ORDER_LASTS)
                        .until(() -> info(replica).contains("role:master"));
                return;
            } catch (ConditionTimeoutException e) {
                // The order has lapsed.
            }
        }
        throw new IllegalStateException("The replica on port " + replica.port() + " does not take over");
    }

    /** From now on a replica gets nothing, and is turned away when it asks. */
    static void cut(RedisServerProcess replica) {
        try (RespClient client = replica.client()) {
            client.call("CONFIG", "SET", "masterauth", REFUSED);
            client.call("CLIENT", "KILL", "TYPE", "master");
        }
    }

    /** It may follow again. */
    static void mend(RedisServerProcess server) {
        try (RespClient client = server.client()) {
            client.call("CONFIG", "SET", "masterauth", "");
        }
    }

    /** A server that changes its role ends connections. */
    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(PATIENCE).ignoreExceptionsInstanceOf(UncheckedIOException.class);
    }

    static int portOfReplica(RedisServerProcess master) {
        Matcher matcher = PORT.matcher(info(master));
        if (!matcher.find()) {
            throw new IllegalStateException("The master on port " + master.port() + " has no replica");
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static String info(RedisServerProcess server) {
        try (RespClient client = server.client()) {
            return (String) client.call("INFO", "replication");
        }
    }
}
