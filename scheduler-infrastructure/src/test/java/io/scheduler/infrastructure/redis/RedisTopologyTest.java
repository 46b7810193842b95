package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisTopologyTest {

    private static final RedisAddress ADDRESS = new RedisAddress("h", 1);

    @Test
    void sentinelsAndClustersNeedAnAddress() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisTopology.sentinel("main", List.of()))
                .withMessage("sentinels: an empty list is not allowed; allowed is at least one address");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisTopology.cluster(List.of()))
                .withMessage("nodes: an empty list is not allowed; allowed is at least one address");
    }

    @Test
    void aMasterNameIsCheckedLikeTheNameOfAQueue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisTopology.sentinel("my master", List.of(ADDRESS)))
                .withMessage("masterName: 'my master' is not allowed; allowed is 1 to 200 characters out of"
                        + " A-Z a-z 0-9 . _ : -");
    }

    @Test
    void aListOfAddressesIsCopied() {
        List<RedisAddress> addresses = new ArrayList<>(List.of(ADDRESS));
        RedisTopology sentinel = RedisTopology.sentinel("main", addresses);
        RedisTopology cluster = RedisTopology.cluster(addresses);

        addresses.clear();

        assertThat(sentinel).isEqualTo(RedisTopology.sentinel("main", List.of(ADDRESS)));
        assertThat(cluster).isEqualTo(RedisTopology.cluster(List.of(ADDRESS)));
    }

    @Test
    void aSingleServerHasAnAddress() {
        assertThatNullPointerException()
                .isThrownBy(() -> new RedisTopology.Single(null))
                .withMessage("address");
    }
}
