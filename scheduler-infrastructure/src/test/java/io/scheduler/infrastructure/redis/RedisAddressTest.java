package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

    @ParameterizedTest
    @CsvSource({
        "localhost,         localhost:1",
        "redis_1.example,   redis_1.example:1",
        "10.0.0.1,          10.0.0.1:1",
        "::1,               [::1]:1",
        "[::1],             [::1]:1",
        "2001:DB8::10.0.0.1, [2001:DB8::10.0.0.1]:1"
    })
    void namesAndAddressesAreHosts(String host, String text) {
        assertThat(new RedisAddress(host, 1)).hasToString(text);
        assertThat(RedisAddress.parse(text, 2)).isEqualTo(new RedisAddress(host, 1));
    }

    @Test
    void bracketsAreNoPartOfAnIpv6Address() {
        assertThat(new RedisAddress("[::1]", 1)).isEqualTo(new RedisAddress("::1", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a/b",
                "a@b",
                "a,b",
                "a:1",
                "redis://a",
                "[a]",
                "[]",
                ":",
                ":::",
                "1::2::3",
                "ä",
                "a\n"
            })
    void anythingElseIsNoHost(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RedisAddress(host, 1))
                .withMessage("host: " + Allowed.quoted(host) + " is not allowed; allowed is a host name of 1 to 253"
                        + " characters out of A-Z a-z 0-9 . _ -, an IPv4 or an IPv6 address");
    }

    @Test
    void aHostNameHasAtMost253Characters() {
        assertThat(new RedisAddress("h".repeat(253), 1).host()).hasSize(253);
        assertThatIllegalArgumentException().isThrownBy(() -> new RedisAddress("h".repeat(254), 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65536, Integer.MAX_VALUE})
    void aPortIsBetween1And65535(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RedisAddress("h", port))
                .withMessage("port: " + port + " is not allowed; allowed is 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h:", "h:x", "h:-1", "h:+1", "h:1:2", "h:9999999999", "h: 1"})
    void whatIsNoPortIsRefusedAndNotShown(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisAddress.parse(text, 1))
                .withMessage("port: what follows 'h:' is not allowed; allowed is 1 to 65535; an IPv6 address is"
                        + " written in brackets, such as [::1]:6379");
    }
}
