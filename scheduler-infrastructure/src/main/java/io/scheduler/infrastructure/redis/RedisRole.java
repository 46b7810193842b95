package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.Operation;
import java.util.List;
import java.util.Set;

/** What a user of Redis needs for one kind of work, as ACL rules. docs/security.md has them whole, with the keys. */
enum RedisRole {
    PUBLISHER("evalsha exists hmget hset pexpireat script|load time unlink xadd xgroup|create xlen zadd zcard"),
    CONSUMER("evalsha exists script|load time xack xadd xautoclaim xclaim xdel xgroup|create xgroup|delconsumer"
            + " xinfo|consumers xpending xrange xreadgroup zadd zrangebyscore zrem"),
    OPERATOR(
            "evalsha exists info script|load time unlink xadd xdel xgroup|create xinfo|consumers xinfo|groups xinfo|stream xlen xrange"
                    + " xrevrange xsetid zcard zcount zrange");

    /** What Redisson sends when it connects; AUTH needs no permission. */
    static final List<String> TO_CONNECT = List.of("client|setname", "ping");

    private static final Set<String> PUBLISHING = Set.of("publish", "drain");
    private static final Set<String> OPERATING = Set.of(
            "create",
            "exists",
            "delete",
            "purge",
            "stats",
            "list the dead letters",
            "redrive",
            "purge the dead letters",
            "check the health");

    private final List<String> commands;

    RedisRole(String commands) {
        this.commands = List.of(commands.split(" "));
    }

    static RedisRole of(Operation operation) {
        if (PUBLISHING.contains(operation.name())) {
            return PUBLISHER;
        }
        return OPERATING.contains(operation.name()) ? OPERATOR : CONSUMER;
    }

    /** Without those that are needed to connect. */
    List<String> commands() {
        return commands;
    }

    /** What to do for a user that lacks something. */
    String advice() {
        return "grant this user the queue's keys and +" + String.join(" +", TO_CONNECT) + " +"
                + String.join(" +", commands) + " (ACL SETUSER; see docs/security.md)";
    }
}
