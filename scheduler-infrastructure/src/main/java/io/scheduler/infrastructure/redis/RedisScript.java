package io.scheduler.infrastructure.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.redisson.api.RScript.ReturnType;

/** The Lua scripts, each in a resource of its own whose head describes keys, arguments and result. */
enum RedisScript {
    PUBLISH(ReturnType.LONG, "publish_plain", "writes"),
    CREATE(ReturnType.LONG),
    EXISTS(ReturnType.LONG),
    DELETE(ReturnType.LONG, "writes"),
    PURGE(ReturnType.LONG, "writes"),
    STATS(ReturnType.LIST),
    HEALTH(ReturnType.LIST),
    DIAGNOSE(ReturnType.LIST),
    ACK(ReturnType.LIST, "writes", "leases"),
    NACK(ReturnType.LONG, "writes", "leases", "entries"),
    RELEASE(ReturnType.LONG, "writes", "leases", "entries"),
    REJECT(ReturnType.LONG, "writes", "leases", "entries"),
    EXTEND(ReturnType.LONG, "writes", "leases"),
    MAINTAIN(ReturnType.LIST, "writes", "entries"),
    FORGET(ReturnType.LONG, "writes"),
    DEAD_LETTERS(ReturnType.LIST),
    REDRIVE(ReturnType.LIST, "writes"),
    PURGE_DEAD(ReturnType.LONG, "writes");

    private final ReturnType returnType;
    private final String source;
    private final String sha1;

    /** @param shared the resources that are put in front of the script's own */
    RedisScript(ReturnType returnType, String... shared) {
        this.returnType = returnType;
        this.source = Stream.concat(Stream.of(shared), Stream.of(name().toLowerCase(Locale.ROOT)))
                .map(part -> read(part + ".lua"))
                .collect(Collectors.joining("\n"));
        this.sha1 = sha1(source);
    }

    ReturnType returnType() {
        return returnType;
    }

    String source() {
        return source;
    }

    /** The name under which a server that has seen the script knows it. */
    String sha1() {
        return sha1;
    }

    private static String read(String resource) {
        try (InputStream in = RedisScript.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks its resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the resource " + resource, e);
        }
    }

    private static String sha1(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }
}
