package io.scheduler.infrastructure.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads settings from a URI; the syntax is that of {@link RedisStreamConfig#fromUri}. {@link java.net.URI} does not
 * know lists of hosts.
 *
 * <p>Errors never show the URI: where one is malformed, nobody can tell which part of it is the password.
 */
final class RedisUri {

    // An @ behind the address is no match: it shows that a / or ? before it belongs to the password.
    private static final Pattern FORM = Pattern.compile(
            "(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://"
                    + "(?:(?<login>[^/?]*)@)?"
                    + "(?<addresses>[^/?@]*)"
                    + "(?:/(?<path>[^?@]*))?"
                    + "(?:\\?(?<query>[^@]*))?",
            Pattern.DOTALL);

    private static final String TLS_SCHEME = "rediss";
    private static final int REDIS_PORT = 6379;
    private static final int SENTINEL_PORT = 26379;

    private final RedisStreamConfigBuilder builder = RedisStreamConfig.builder();
    private final Set<RedisSetting> given = EnumSet.noneOf(RedisSetting.class);

    private RedisUri() {}

    /** A builder that holds what the URI says, not yet checked as a whole. */
    static RedisStreamConfigBuilder read(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw malformed("it is not of the form scheme://[[user]:password@]host[:port][/database][?setting=value];"
                    + " within user, password and values the characters % / ? # @ & are written"
                    + " %25 %2F %3F %23 %40 %26");
        }
        RedisUri uri = new RedisUri();
        uri.readServers(
                parts.group("scheme").toLowerCase(Locale.ROOT), parts.group("addresses"), text(parts.group("path")));
        Optional.ofNullable(parts.group("login")).ifPresent(uri::readLogin);
        uri.readQuery(text(parts.group("query")));
        return uri.builder;
    }

    private void readServers(String scheme, String addresses, String path) {
        boolean tls = scheme.startsWith(TLS_SCHEME);
        if (tls) {
            set(RedisSetting.TLS, "true");
        }
        switch (tls ? "redis" + scheme.substring(TLS_SCHEME.length()) : scheme) {
            case "redis" -> readSingle(addresses, path);
            case "redis-sentinel" -> readSentinel(addresses, path);
            case "redis-cluster" -> readCluster(addresses, path);
            default ->
                throw malformed("the scheme " + Allowed.quoted(scheme) + " is unknown; allowed are redis, rediss,"
                        + " redis-sentinel, rediss-sentinel, redis-cluster, rediss-cluster");
        }
    }

    private void readSingle(String address, String database) {
        if (address.contains(",")) {
            throw malformed("one address is allowed with redis and rediss; several are with redis-sentinel and"
                    + " redis-cluster");
        }
        builder.topology(new RedisTopology.Single(RedisAddress.parse(address, REDIS_PORT)));
        given.addAll(EnumSet.of(RedisSetting.HOST, RedisSetting.PORT));
        readDatabase(database);
    }

    private void readSentinel(String addresses, String path) {
        String[] masterAndDatabase = path.split("/", 2);
        builder.topology(RedisTopology.sentinel(masterAndDatabase[0], list(addresses, SENTINEL_PORT)));
        readDatabase(masterAndDatabase.length == 2 ? masterAndDatabase[1] : "");
    }

    private void readCluster(String addresses, String database) {
        builder.topology(RedisTopology.cluster(list(addresses, REDIS_PORT)));
        readDatabase(database);
    }

    private void readDatabase(String database) {
        if (!database.isEmpty()) {
            set(RedisSetting.DATABASE, database);
        }
    }

    private void readLogin(String login) {
        int colon = login.indexOf(':');
        if (colon < 0) {
            throw malformed("what is before the @ has no colon; allowed is user:password@ or :password@");
        }
        if (colon > 0) {
            set(RedisSetting.USERNAME, decoded(RedisSetting.USERNAME, login.substring(0, colon)));
        }
        set(RedisSetting.PASSWORD, decoded(RedisSetting.PASSWORD, login.substring(colon + 1)));
    }

    private void readQuery(String query) {
        for (String parameter : query.split("&")) {
            if (parameter.isEmpty()) {
                continue;
            }
            String[] nameAndValue = parameter.split("=", 2);
            RedisSetting setting = RedisSetting.ofParameter(nameAndValue[0]);
            if (nameAndValue.length == 1) {
                throw malformed("the parameter " + setting.parameter() + " has no value; allowed is "
                        + setting.parameter() + "=value");
            }
            set(setting, decoded(setting, nameAndValue[1]));
        }
    }

    private void set(RedisSetting setting, String text) {
        if (!given.add(setting)) {
            throw malformed(setting.parameter() + " is given twice; allowed is once, in the address, the scheme, the"
                    + " path or the parameters");
        }
        setting.set(builder, text);
    }

    private static List<RedisAddress> list(String addresses, int defaultPort) {
        return Arrays.stream(addresses.split(",", -1))
                .map(address -> RedisAddress.parse(address, defaultPort))
                .toList();
    }

    private static String decoded(RedisSetting setting, String text) {
        try {
            // The decoder is one for forms, where a plus stands for a space; in a URI it stands for itself.
            String decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (!decoded.contains("\uFFFD")) {
                return decoded;
            }
        } catch (IllegalArgumentException notKept) {
            // Its text quotes the value, which may be the password.
        }
        throw malformed("the percent-encoding of " + setting.parameter()
                + " is broken; allowed is % with two hexadecimal digits for each byte of UTF-8");
    }

    private static String text(String groupOrNull) {
        return Optional.ofNullable(groupOrNull).orElse("");
    }

    private static IllegalArgumentException malformed(String complaint) {
        return new IllegalArgumentException("Redis URI: " + complaint);
    }
}
