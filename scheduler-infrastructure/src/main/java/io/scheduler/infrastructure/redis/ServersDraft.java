package io.scheduler.infrastructure.redis;

import java.util.Objects;
import java.util.Optional;

/** Which servers to ask, as it comes: a topology, or the host and the port of a single server one by one. */
final class ServersDraft {

    private RedisTopology topology;
    private Optional<String> host = Optional.empty();
    private Optional<Integer> port = Optional.empty();

    ServersDraft(RedisTopology topology) {
        this.topology = topology;
    }

    /** In place of any host and port that were set before. */
    void topology(RedisTopology value) {
        topology = Objects.requireNonNull(value, "topology");
        host = Optional.empty();
        port = Optional.empty();
    }

    void host(String value) {
        host = Optional.of(value);
    }

    void port(int value) {
        port = Optional.of(value);
    }

    RedisTopology build() {
        if (topology instanceof RedisTopology.Single single) {
            return RedisTopology.single(
                    host.orElse(single.address().host()),
                    port.orElse(single.address().port()));
        }
        host.ifPresent(value -> refuseBesideAddresses("host", Allowed.quoted(value)));
        port.ifPresent(value -> refuseBesideAddresses("port", value.toString()));
        return topology;
    }

    private static void refuseBesideAddresses(String setting, String value) {
        throw Allowed.refusal(
                setting,
                value + " beside the addresses of sentinels or of a cluster",
                "a " + setting + " of a single server");
    }
}
