package io.scheduler.infrastructure.redis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a server says of itself.
 *
 * @param facts the lines of {@code INFO}; empty if it may not be asked
 */
record ServerInfo(Map<String, String> facts) {

    static ServerInfo parse(String info) {
        return new ServerInfo(info.lines()
                .filter(line -> line.indexOf(':') > 0)
                .map(line -> line.split(":", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (first, second) -> first)));
    }

    boolean isKnown() {
        return !facts.isEmpty();
    }

    /** Whether a fact is known and is that one. */
    boolean is(String fact, String value) {
        return value.equals(facts.get(fact));
    }

    Optional<String> text(String fact) {
        return Optional.ofNullable(facts.get(fact));
    }

    /** A number; 0 if it is not known. */
    long number(String fact) {
        return text(fact)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    /** What is worth showing. */
    Map<String, String> details() {
        Map<String, String> details = new LinkedHashMap<>();
        // Valkey says that it is compatible with a Redis version, and has one of its own.
        String product = facts.containsKey("valkey_version") ? "valkey" : "redis";
        text(product + "_version").ifPresent(version -> details.put("version", product + " " + version));
        text("redis_mode").or(() -> text("server_mode")).ifPresent(mode -> details.put("mode", mode));
        text("role").ifPresent(role -> details.put("role", role));
        text("maxmemory_policy").ifPresent(policy -> details.put("eviction", policy));
        text("aof_enabled").ifPresent(enabled -> details.put("aof", enabled.equals("1") ? "on" : "off"));
        return details;
    }
}
