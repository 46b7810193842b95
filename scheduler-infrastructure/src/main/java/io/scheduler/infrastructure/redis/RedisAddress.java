package io.scheduler.infrastructure.redis;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where one Redis process listens.
 *
 * @param host a host name, an IPv4 address, or an IPv6 address; kept without brackets, not resolved here
 * @param port 1 to 65535
 */
public record RedisAddress(String host, int port) {

    private static final Pattern NAME_OR_IPV4 = Pattern.compile("[A-Za-z0-9._-]{1,253}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    /**
     * Checks both parts. An IPv6 address may come in brackets.
     *
     * @throws IllegalArgumentException if one breaks its rule; the text says which, and what is allowed
     */
    public RedisAddress {
        Objects.requireNonNull(host, "host");
        if (host.startsWith("[") && host.endsWith("]") && host.contains(":")) {
            host = host.substring(1, host.length() - 1);
        }
        if (!NAME_OR_IPV4.matcher(host).matches() && !isIpv6(host)) {
            throw Allowed.refusal(
                    "host",
                    Allowed.quoted(host),
                    "a host name of 1 to 253 characters out of A-Z a-z 0-9 . _ -, an IPv4 or an IPv6 address");
        }
        Allowed.between("port", port, 1, 65535);
    }

    /**
     * Reads {@code host[:port]}. A port that is none is not shown: it may be a password whose address was forgotten.
     */
    static RedisAddress parse(String text, int defaultPort) {
        int colon = text.indexOf(':', text.startsWith("[") ? Math.max(0, text.indexOf(']')) : 0);
        if (colon < 0) {
            return new RedisAddress(text, defaultPort);
        }
        String host = new RedisAddress(text.substring(0, colon), defaultPort).host();
        String port = text.substring(colon + 1);
        if (!DIGITS.matcher(port).matches()) {
            throw Allowed.refusal(
                    "port",
                    "what follows " + Allowed.quoted(host + ":"),
                    "1 to 65535; an IPv6 address is written in brackets, such as [::1]:6379");
        }
        return new RedisAddress(host, Integer.parseInt(port));
    }

    /** For instance {@code localhost:6379} or {@code [::1]:6379}, fit for a URI. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static boolean isIpv6(String host) {
        if (!host.contains(":") || !IPV6.matcher(host).matches()) {
            return false;
        }
        try {
            // What stands in brackets is read as an address and never looked up.
            InetAddress.getByName("[" + host + "]");
            return true;
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
