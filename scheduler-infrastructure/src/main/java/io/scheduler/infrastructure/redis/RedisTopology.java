package io.scheduler.infrastructure.redis;

import java.util.List;
import java.util.Objects;

/** How the Redis servers are set up, and which of them to ask first. Immutable. */
public sealed interface RedisTopology {

    /**
     * One server, or a name that always leads to the server in charge.
     *
     * @param host as in {@link RedisAddress}
     * @param port 1 to 65535
     * @return the topology
     * @throws IllegalArgumentException if one of them is not allowed
     */
    static RedisTopology single(String host, int port) {
        return new Single(new RedisAddress(host, port));
    }

    /**
     * A master with replicas, watched by sentinels.
     *
     * @param masterName the name under which the sentinels know the master
     * @param sentinels at least one of them, the others are found through it; their usual port is 26379
     * @return the topology
     * @throws IllegalArgumentException if the name or the list is not allowed
     */
    static RedisTopology sentinel(String masterName, List<RedisAddress> sentinels) {
        return new Sentinel(masterName, sentinels);
    }

    /**
     * A Redis Cluster.
     *
     * @param nodes at least one of them, the others are found through it
     * @return the topology
     * @throws IllegalArgumentException if the list is empty
     */
    static RedisTopology cluster(List<RedisAddress> nodes) {
        return new Cluster(nodes);
    }

    /**
     * One server.
     *
     * @param address where it listens
     */
    record Single(RedisAddress address) implements RedisTopology {

        /** Checks that there is an address. */
        public Single {
            Objects.requireNonNull(address, "address");
        }
    }

    /**
     * A master with replicas, watched by sentinels.
     *
     * @param masterName 1 to 200 characters out of {@code A-Z a-z 0-9 . _ : -}
     * @param sentinels where sentinels listen, at least one; copied
     */
    record Sentinel(String masterName, List<RedisAddress> sentinels) implements RedisTopology {

        /**
         * Checks and copies the parts.
         *
         * @throws IllegalArgumentException if one breaks its rule
         */
        public Sentinel {
            Allowed.name("masterName", masterName, 1, 200);
            sentinels = atLeastOne("sentinels", sentinels);
        }
    }

    /**
     * A Redis Cluster.
     *
     * @param nodes where nodes listen, at least one; copied
     */
    record Cluster(List<RedisAddress> nodes) implements RedisTopology {

        /**
         * Checks and copies the list.
         *
         * @throws IllegalArgumentException if it is empty
         */
        public Cluster {
            nodes = atLeastOne("nodes", nodes);
        }
    }

    private static List<RedisAddress> atLeastOne(String what, List<RedisAddress> addresses) {
        if (addresses.isEmpty()) {
            throw Allowed.refusal(what, "an empty list", "at least one address");
        }
        return List.copyOf(addresses);
    }
}
