package io.scheduler.infrastructure.redis;

import org.redisson.connection.CRC16;

/** In which slot of a cluster a key is: the hash of what stands in its first braces, or of all of it. */
final class ClusterSlots {

    private static final int SLOTS = 16384;

    private ClusterSlots() {}

    static int of(String key) {
        int open = key.indexOf('{');
        int close = key.indexOf('}', open + 1);
        String hashed = open >= 0 && close > open + 1 ? key.substring(open + 1, close) : key;
        return CRC16.crc16(hashed.getBytes(java.nio.charset.StandardCharsets.UTF_8)) % SLOTS;
    }
}
