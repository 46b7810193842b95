package io.scheduler.infrastructure.redis;

import java.util.Map;
import java.util.TreeMap;

/** Reads settings from environment variables; the rules are those of {@link RedisStreamConfig#fromEnvironment()}. */
final class RedisEnvironment {

    static final String URL = "REDIS_URL";

    private RedisEnvironment() {}

    /** A builder that holds what the variables say, not yet checked as a whole. */
    static RedisStreamConfigBuilder read(Map<String, String> variables) {
        RedisStreamConfigBuilder builder = readUrl(variables.getOrDefault(URL, ""));
        new TreeMap<>(variables).forEach((variable, value) -> {
            if (variable.startsWith(RedisSetting.VARIABLE_PREFIX)) {
                RedisSetting setting = RedisSetting.ofVariable(variable);
                if (!value.isEmpty()) {
                    set(builder, setting, value);
                }
            }
        });
        return builder;
    }

    private static void set(RedisStreamConfigBuilder builder, RedisSetting setting, String value) {
        try {
            setting.set(builder, value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting.variable() + ": " + e.getMessage(), e);
        }
    }

    private static RedisStreamConfigBuilder readUrl(String url) {
        if (url.isEmpty()) {
            return RedisStreamConfig.builder();
        }
        try {
            return RedisUri.read(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(URL + ": " + e.getMessage(), e);
        }
    }
}
