package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUriTest {

    @ParameterizedTest
    @CsvSource({
        "redis://redis.example.org,            redis.example.org, 6379, 0",
        "redis://redis.example.org/,           redis.example.org, 6379, 0",
        "redis://redis.example.org:7000,       redis.example.org, 7000, 0",
        "redis://redis.example.org:7000/,      redis.example.org, 7000, 0",
        "redis://redis.example.org:7000/3,     redis.example.org, 7000, 3",
        "redis://redis.example.org/3?,         redis.example.org, 6379, 3",
        "redis://redis.example.org?database=3, redis.example.org, 6379, 3",
        "redis://10.0.0.1:7000/3,              10.0.0.1,          7000, 3",
        "redis://[::1],                        ::1,               6379, 0",
        "redis://[::1]:7000,                   ::1,               7000, 0",
        "redis://:pass@[2001:db8::7]:7000/3,   2001:db8::7,       7000, 3",
        "REDIS://redis_1:65535/1000000,        redis_1,           65535, 1000000"
    })
    void aSingleServerHasHostPortAndDatabase(String uri, String host, int port, int database) {
        RedisStreamConfig config = RedisStreamConfig.fromUri(uri);

        assertThat(config.topology()).isEqualTo(RedisTopology.single(host, port));
        assertThat(config.database()).isEqualTo(database);
        assertThat(config.tls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis://:pass@h                   |     | pass",
                "redis://bob:pass@h                | bob | pass",
                "redis://bob:p%40s%2Fs%3F%23%25@h  | bob | p@s/s?#%",
                "redis://b%3Ab:p%3A:s@h            | b:b | p::s",
                "redis://b%C3%B6b:%e2%82%ac+%20@h  | böb | '€+ '",
                "redis://bob:p@ss#@h               | bob | p@ss#",
                "redis-sentinel://bob:pa,ss@h/main | bob | pa,ss",
                "redis-cluster://:pa@ss@h1,h2      |     | pa@ss"
            })
    void aLoginIsBeforeTheLastAtSign(String uri, String username, String password) {
        RedisStreamConfig config = RedisStreamConfig.fromUri(uri);

        assertThat(config.username().orElse(null)).isEqualTo(username);
        assertThat(config.password()).contains(password);
    }

    @Test
    void sentinelsAreListedBeforeTheNameOfTheMaster() {
        RedisStreamConfig config = RedisStreamConfig.fromUri("redis-sentinel://:pass@h1:1,h2,[::1]:3,[::2]/main/4");

        assertThat(config.topology())
                .isEqualTo(new RedisTopology.Sentinel(
                        "main",
                        List.of(
                                new RedisAddress("h1", 1),
                                new RedisAddress("h2", 26379),
                                new RedisAddress("::1", 3),
                                new RedisAddress("::2", 26379))));
        assertThat(config.database()).isEqualTo(4);
        assertThat(config.password()).contains("pass");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis-sentinel://h/main", "redis-sentinel://h/main/", "redis-sentinel://h/main/0"})
    void aMasterBehindSentinelsHasDatabaseZeroByDefault(String uri) {
        RedisStreamConfig config = RedisStreamConfig.fromUri(uri);

        assertThat(config.topology()).isEqualTo(RedisTopology.sentinel("main", List.of(new RedisAddress("h", 26379))));
        assertThat(config.database()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"redis-cluster://h1:7000,h2", "redis-cluster://h1:7000,h2/", "redis-cluster://h1:7000,h2/0"})
    void clusterNodesAreListed(String uri) {
        assertThat(RedisStreamConfig.fromUri(uri).topology())
                .isEqualTo(RedisTopology.cluster(List.of(new RedisAddress("h1", 7000), new RedisAddress("h2", 6379))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rediss://h",
                "rediss-sentinel://h/main",
                "rediss-cluster://h",
                "redis://h?tls=true",
                "redis-sentinel://h/main?tls=true",
                "redis-cluster://h?tls=true"
            })
    void tlsIsAskedForByTheSchemeOrByAParameter(String uri) {
        assertThat(RedisStreamConfig.fromUri(uri).tls()).isPresent();
    }

    @Test
    void parametersSetWhatTheAddressDoesNot() {
        RedisStreamConfig config = RedisStreamConfig.fromUri("redis://h?database=2&username=bob&password=p%26ss%3D=1"
                + "&tls=false&connectionTimeout=500ms&commandTimeout=PT2S&maxRetryAttempts=5&retryDelay=20ms"
                + "&consumerGroupPrefix=group&consumerId=me&lease=1m&maxAttempts=4"
                + "&pollInterval=50ms&deduplicationWindow=1h&maxPayloadSize=512KiB"
                + "&keyPrefix=a%3A&durability=master-disk+replica-disks:2");

        assertThat(config)
                .isEqualTo(RedisStreamConfig.builder()
                        .host("h")
                        .database(2)
                        .username("bob")
                        .password("p&ss==1")
                        .connectionTimeout(Duration.ofMillis(500))
                        .commandTimeout(Duration.ofSeconds(2))
                        .maxRetryAttempts(5)
                        .retryDelay(Duration.ofMillis(20))
                        .consumerGroupPrefix("group")
                        .consumerId("me")
                        .lease(Duration.ofMinutes(1))
                        .maxAttempts(4)
                        .pollInterval(Duration.ofMillis(50))
                        .deduplicationWindow(Duration.ofHours(1))
                        .maxPayloadSize(512 * 1024)
                        .keyPrefix("a:")
                        .durability(new Durability.Disks(true, 2))
                        .build());
    }

    @Test
    void aUriWithoutParametersLeavesTheDefaults() {
        assertThat(RedisStreamConfig.fromUri("redis://127.0.0.1?consumerId=me"))
                .isEqualTo(RedisStreamConfig.builder().consumerId("me").build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis://h:0                    | port: 0 is not allowed; allowed is 1 to 65535",
                "redis://h:70000                | port: 70000 is not allowed; allowed is 1 to 65535",
                "redis://h:                     | port: what follows 'h:' is not allowed; allowed is 1 to 65535;",
                "redis://h:x                    | port: what follows 'h:' is not allowed; allowed is 1 to 65535;",
                "redis://::1                    | host: '' is not allowed; allowed is a host name",
                "redis://[::1                   | host: '[' is not allowed; allowed is a host name",
                "redis://[::1]7                 | host: '[::1]7' is not allowed; allowed is a host name",
                "redis://[::g]                  | host: '::g' is not allowed",
                "redis://                       | host: '' is not allowed; allowed is a host name",
                "redis:///1                     | host: '' is not allowed; allowed is a host name",
                "redis-cluster://h1,,h2         | host: '' is not allowed; allowed is a host name",
                "redis-cluster://h1,            | host: '' is not allowed; allowed is a host name",
                "redis://h1,h2                  | Redis URI: one address is allowed with redis and rediss; several",
                "redis://h/x                    | database: 'x' is not allowed; allowed is a whole number",
                "redis://h/1/2                  | database: '1/2' is not allowed; allowed is a whole number",
                "redis://h/-1                   | database: -1 is not allowed; allowed is 0 to 1000000",
                "redis://h/99999999999          | database: '99999999999' is not allowed; allowed is a whole number",
                "redis-cluster://h/1            | database: 1 in a cluster is not allowed; allowed is 0",
                "redis-sentinel://h             | masterName: '' is not allowed; allowed is 1 to 200 characters",
                "redis-sentinel://h//1          | masterName: '' is not allowed; allowed is 1 to 200 characters",
                "redis-sentinel://h/a b         | masterName: 'a b' is not allowed; allowed is 1 to 200 characters",
                "http://h                       | Redis URI: the scheme 'http' is unknown; allowed are redis, rediss,",
                "redissentinel://h              | Redis URI: the scheme 'redissentinel' is unknown; allowed are redis,",
                "h:6379                         | Redis URI: it is not of the form scheme://[[user]:password@]host",
                "redis:h                        | Redis URI: it is not of the form scheme://[[user]:password@]host",
                "''                             | Redis URI: it is not of the form scheme://[[user]:password@]host",
                "redis://h?commandTimeuot=1s    | Redis URI: unknown parameter 'commandTimeuot'; allowed are host, port",
                "redis://h?COMMAND_TIMEOUT=1s   | Redis URI: unknown parameter 'COMMAND_TIMEOUT'; allowed are host,",
                "redis://h?lease                | Redis URI: the parameter lease has no value; allowed is lease=value",
                "redis://h?lease=1s&lease=1s    | Redis URI: lease is given twice; allowed is once",
                "redis://h/1?database=1         | Redis URI: database is given twice; allowed is once",
                "redis://:p@h?password=q        | Redis URI: password is given twice; allowed is once",
                "redis://h?host=h2              | Redis URI: host is given twice; allowed is once",
                "redis://h?port=1               | Redis URI: port is given twice; allowed is once",
                "rediss://h?tls=false           | Redis URI: tls is given twice; allowed is once",
                "redis-cluster://h?port=1       | port: 1 beside the addresses of sentinels or of a cluster is not",
                "redis://h?tls=yes              | tls: 'yes' is not allowed; allowed is true or false",
                "redis://h?lease=1d             | lease: '1d' is not allowed; allowed is a duration such as 500ms, 2s,",
                "redis://h?lease=13h            | lease: 13h is not allowed; allowed is 100ms to 12h",
                "redis://h?maxPayloadSize=1MB   | maxPayloadSize: '1MB' is not allowed; allowed is a number of bytes",
                "redis://h?keyPrefix=%7Ba%7D    | keyPrefix: '{a}' is not allowed; allowed is 0 to 100 characters",
                "redis://h?durability=replicas  | durability: 'replicas' is not allowed; allowed is master, replicas:n,",
                "redis://h?durability=replicas:0 | durability: 0 is not allowed; allowed is 1 to 100",
                "redis://h?keyPrefix=%4         | Redis URI: the percent-encoding of keyPrefix is broken; allowed is %"
            })
    void aMistakeIsNamedWithWhatIsAllowed(String uri, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisStreamConfig.fromUri(uri))
                .withMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://bob:s3cret@h:70000",
                "redis://bob:s3cret@h:x",
                "redis://bob:s3cret@h/x",
                "redis://bob:s3cret@",
                "redis://bob:s3cret@h1,h2",
                "redis://bob:s3cret@h@",
                "redis://s3cret@h",
                "redis://:s3cret",
                "redis://bob:s3cret",
                "redis://bob:s3cret/1",
                "redis://bob:pa/s3cret@h",
                "redis://bob:s3cret/pa@h",
                "redis://bob:s3cret?pa@h",
                "redis://bob:pa?s3cret@h",
                "redis://bob:pa?s3cret=1&s3cret=2@h",
                "redis://bob:s3cret%@h",
                "redis://bob:%s3cret@h",
                "redis://bob:s3cret%zz@h",
                "redis://bob:s3cret%FF@h",
                "redis://bob:s3cret@h?unknown=1",
                "redis://bob:s3cret@h?password=s3cret",
                "redis://h?password=s3cret&password=s3cret",
                "redis://h?password=s3cret%",
                "redis://h?password=s3cret&lease=0s",
                "redis://h?password=pa@s3cret",
                "redis://h?pasword=s3cret",
                "redis://b%20b:s3cret@h",
                "http://bob:s3cret@h",
                "redis:bob:s3cret@h",
                "bob:s3cret@h",
                "redis-sentinel://bob:s3cret@h",
                "redis-cluster://bob:s3cret@h1,h2/1",
                "redis-cluster://bob:s3cret@,h2"
            })
    void noErrorShowsThePassword(String uri) {
        Throwable error = catchThrowable(() -> RedisStreamConfig.fromUri(uri));

        assertThat(error).isInstanceOf(IllegalArgumentException.class);
        StringWriter everything = new StringWriter();
        error.printStackTrace(new PrintWriter(everything));
        assertThat(everything.toString()).doesNotContain("s3cret");
    }

    @Test
    void aPasswordWithAnUnescapedSlashIsMetWithAdvice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisStreamConfig.fromUri("redis://:pa/ss@h"))
                .withMessageContaining("% / ? # @ & are written %25 %2F %3F %23 %40 %26");
    }

    @Test
    void aLoginWithoutAColonIsMetWithAdvice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisStreamConfig.fromUri("redis://pass@h"))
                .withMessage("Redis URI: what is before the @ has no colon; allowed is user:password@ or :password@");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://:@h", "redis://bob:@h", "redis://h?password="})
    void anEmptyPasswordIsRefused(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisStreamConfig.fromUri(uri))
                .withMessage("password: an empty one is not allowed; allowed is none, or at least one character");
    }

    @Test
    void theTextOfAConfigurationFromAUriShowsNoPassword() {
        assertThat(RedisStreamConfig.fromUri("redis://bob:s3cret@h").toString())
                .contains("username=bob, password=***")
                .doesNotContain("s3cret");
    }
}
