package io.scheduler.infrastructure.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What about a server loses or delays messages, each in a sentence that says what to do. */
final class ServerProblems {

    private static final String SAFE_EVICTION = "noeviction";

    /** Clocks that are set by NTP agree better than that. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    private static final int FULL_PERCENT = 90;

    private ServerProblems() {}

    /** @param ahead by how much this machine's clock is ahead of the server's */
    static List<String> of(ServerInfo info, Durability durability, Duration ahead) {
        List<String> problems = new ArrayList<>();
        if (info.isKnown()) {
            eviction(info, problems);
            memory(info, problems);
            role(info, problems);
            persistence(info, problems);
            replicas(info, durability, problems);
        } else {
            problems.add("This user may not run INFO, so nothing is known of the server; grant it to check more");
        }
        clock(ahead, problems);
        return problems;
    }

    private static void eviction(ServerInfo info, List<String> problems) {
        info.text("maxmemory_policy")
                .filter(policy -> !policy.equals(SAFE_EVICTION))
                .ifPresent(policy -> problems.add("The eviction policy is " + policy
                        + ": when memory runs out, Redis throws messages away. Set maxmemory-policy to "
                        + SAFE_EVICTION));
    }

    private static void memory(ServerInfo info, List<String> problems) {
        long limit = info.number("maxmemory");
        long percent = limit == 0 ? 0 : info.number("used_memory") * 100 / limit;
        if (percent >= FULL_PERCENT) {
            problems.add("Redis has used " + percent + " % of its maxmemory: when it is full, publishing is refused."
                    + " Let consumers catch up, or give it more memory");
        }
    }

    private static void role(ServerInfo info, List<String> problems) {
        info.text("role")
                .filter(role -> !role.equals("master"))
                .ifPresent(role -> problems.add("This server is a replica and takes no writes; connect to its master"));
    }

    private static void persistence(ServerInfo info, List<String> problems) {
        if (info.is("aof_enabled", "0")) {
            problems.add("Redis writes no append-only file: a crash loses what came after its last snapshot, or"
                    + " everything if it makes none. Set appendonly to yes");
        }
        if (info.is("aof_last_write_status", "err")) {
            problems.add("Redis cannot write its append-only file and refuses writes: make room on its disk");
        }
        if (info.is("rdb_last_bgsave_status", "err")) {
            problems.add("The last snapshot failed, after which Redis may refuse writes: look into its log, and at the"
                    + " room on its disk");
        }
    }

    private static void replicas(ServerInfo info, Durability durability, List<String> problems) {
        int wanted = durability instanceof Durability.Replicas replicas
                ? replicas.replicas()
                : durability instanceof Durability.Disks disks ? disks.replicas() : 0;
        long connected = info.number("connected_slaves");
        if (connected < wanted && info.is("role", "master")) {
            problems.add("The durability is " + durability + " and " + connected
                    + " replicas are connected: no publication is confirmed. Start replicas, or ask for fewer");
        }
    }

    private static void clock(Duration ahead, List<String> problems) {
        if (ahead.abs().compareTo(CLOCK_TOLERANCE) > 0) {
            problems.add("This machine's clock is "
                    + ahead.abs().plusMillis(500).toSeconds() + " s "
                    + (ahead.isNegative() ? "behind" : "ahead of") + " the server's: times that are reckoned here, for"
                    + " notBefore, come that much too " + (ahead.isNegative() ? "early" : "late")
                    + ". Set both clocks by NTP");
        }
    }
}
