package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.client.RedisConnectionException;
import org.redisson.config.Credentials;

class RedisCredentialsTest {

    @TempDir
    Path folder;

    @Test
    void theTextShowsNoPassword() {
        assertThat(RedisCredentials.of("bob", "s3cret")).hasToString("RedisCredentials[username=bob, password=***]");
        assertThat(RedisCredentials.of("s3cret")).hasToString("RedisCredentials[password=***]");
        Supplier<RedisCredentials> source = () -> RedisCredentials.of("s3cret");
        assertThat(RedisStreamConfig.builder().credentials(source).build().toString())
                .contains("credentials=***")
                .doesNotContain("s3cret");
    }

    @Test
    void bothPartsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisCredentials.of("a b", "s3cret"))
                .withMessage("username: 'a b' is not allowed; allowed is at least one character, none of them blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisCredentials.of(""))
                .withMessage("password: an empty one is not allowed; allowed is none, or at least one character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "s3cret\n", "s3cret\r\n"})
    void aPasswordFileHoldsThePasswordAndALineEndAtMost(String content) throws IOException {
        assertThat(PasswordFile.read(write(content))).isEqualTo("s3cret");
    }

    @Test
    void blanksBelongToThePassword() throws IOException {
        assertThat(PasswordFile.read(write(" s3 cret "))).isEqualTo(" s3 cret ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "s3cret\nanother\n"})
    void whatIsNoPasswordIsRefusedAndNotShown(String content) throws IOException {
        Path file = write(content);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisStreamConfig.builder().passwordFile(file).build())
                .withMessageStartingWith("passwordFile: '" + file + "', which ")
                .withMessageEndingWith("allowed is a readable file with one line of UTF-8, of 1 to 4096 bytes, which is"
                        + " the password")
                .withMessageNotContaining("s3cret");
    }

    @Test
    void filesThatAreNoTextOrTooLongOrMissingAreRefused() throws IOException {
        Path longFile = write("x".repeat(5_000));
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xc3, 0x28});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordFile.read(longFile))
                .withMessageContaining("which is longer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordFile.read(binary))
                .withMessageContaining("which is no UTF-8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordFile.read(folder))
                .withMessageContaining("which cannot be read");
    }

    @Test
    void aPasswordFileCanBeGivenByUriAndEnvironment() throws IOException {
        Path file = write("s3cret\n");

        assertThat(RedisStreamConfig.fromUri("redis://h?username=bob&passwordFile=" + file))
                .satisfies(config -> {
                    assertThat(config.passwordFile()).contains(file);
                    assertThat(config.username()).contains("bob");
                    assertThat(config.password()).isEmpty();
                    assertThat(config.toString()).doesNotContain("s3cret");
                });
        assertThat(RedisStreamConfig.fromEnvironment(Map.of("SCHEDULER_REDIS_PASSWORD_FILE", file.toString()))
                        .passwordFile())
                .contains(file);
    }

    @Test
    void oneWayToLogInIsEnough() throws IOException {
        RedisStreamConfigBuilder file = RedisStreamConfig.builder().passwordFile(write("s3cret"));

        assertThatIllegalArgumentException()
                .isThrownBy(file.password("x")::build)
                .withMessage("passwordFile: one beside a password is not allowed; allowed is one of the two");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        RedisStreamConfig.builder().password("x").credentials(() -> RedisCredentials.of("y"))::build)
                .withMessageStartingWith("credentials: a source of them beside username, password or passwordFile");
    }

    /** A sentinel without a password would refuse it, and one on another host has no business knowing it. */
    @Test
    void sentinelsAreToldThePasswordIfTheyAskAndNeverTheUser() {
        RotatingLogin login = RotatingLogin.of(
                        RedisStreamConfig.fromUri("redis-sentinel://h1:7000,h2:7001/main").toBuilder()
                                .credentials(() -> RedisCredentials.of("bob", "s3cret"))
                                .build())
                .orElseThrow();
        login.isSentinel(host(7000), true);
        login.isSentinel(host(7001), false);

        assertThat(resolved(login, 7000).getPassword()).isEqualTo("s3cret");
        assertThat(resolved(login, 7000).getUsername()).isNull();
        assertThat(resolved(login, 7001).getPassword()).isNull();
        assertThat(resolved(login, 6379).getPassword()).isEqualTo("s3cret");
        assertThat(resolved(login, 6379).getUsername()).isEqualTo("bob");
    }

    @Test
    void aSourceThatFailsIsAFailureToConnect() {
        RotatingLogin login = RotatingLogin.of(RedisStreamConfig.builder()
                        .credentials(() -> {
                            throw new IllegalStateException("the vault is sealed");
                        })
                        .build())
                .orElseThrow();

        assertThatThrownBy(login::now)
                .isInstanceOf(RedisConnectionException.class)
                .hasMessage("no credentials to log in with: the vault is sealed");
        assertThat(login.resolve(new InetSocketAddress(6379)).toCompletableFuture())
                .isCompletedExceptionally();
    }

    private static Credentials resolved(RotatingLogin login, int port) {
        return login.resolve(host(port)).toCompletableFuture().join();
    }

    private static InetSocketAddress host(int port) {
        return InetSocketAddress.createUnresolved("h", port);
    }

    private Path write(String content) throws IOException {
        return Files.writeString(folder.resolve("password"), content);
    }
}
