package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisTlsTest {

    private static final String SECRET = TestCertificates.PASSWORD;

    private static TestCertificates certificates;

    @TempDir
    Path folder;

    @BeforeAll
    static void create() {
        certificates = TestCertificates.create().sign("client", "dns:client").sign("other", "dns:other");
    }

    @AfterAll
    static void remove() {
        certificates.close();
    }

    @Test
    void everyPartCanBeGivenByBuilderUriAndEnvironment() {
        RedisTls pem = RedisTls.defaults()
                .caFile(certificates.authority())
                .certificate(certificates.certificate("client"), certificates.key("client"));
        assertThat(RedisStreamConfig.builder().tls(pem).build().tls()).contains(pem);
        assertThat(RedisStreamConfig.fromUri("rediss://h?tlsCaFile=" + certificates.authority()
                                + "&tlsCertificateFile=" + certificates.certificate("client")
                                + "&tlsKeyFile=" + certificates.key("client"))
                        .tls())
                .contains(pem);

        RedisTls stores = RedisTls.defaults()
                .trustStore(certificates.trustStore(), SECRET)
                .keyStore(certificates.store("client"), SECRET);
        assertThat(RedisStreamConfig.fromEnvironment(Map.of(
                                "REDIS_URL",
                                "redis-cluster://h",
                                "SCHEDULER_REDIS_TLS",
                                "true",
                                "SCHEDULER_REDIS_TLS_TRUST_STORE",
                                certificates.trustStore().toString(),
                                "SCHEDULER_REDIS_TLS_TRUST_STORE_PASSWORD",
                                SECRET,
                                "SCHEDULER_REDIS_TLS_KEY_STORE",
                                certificates.store("client").toString(),
                                "SCHEDULER_REDIS_TLS_KEY_STORE_PASSWORD",
                                SECRET))
                        .tls())
                .contains(stores);
    }

    @Test
    void withoutFurtherSettingsTheJavaPlatformIsTrusted() {
        assertThat(RedisStreamConfig.fromUri("rediss://h").tls()).contains(RedisTls.defaults());
        assertThat(RedisTls.defaults()).hasToString("RedisTls[trust=the Java platform's]");
    }

    @Test
    void partsWithoutTlsAreRefused() {
        for (String part : List.of(
                "tlsCaFile",
                "tlsTrustStore",
                "tlsTrustStorePassword",
                "tlsCertificateFile",
                "tlsKeyFile",
                "tlsKeyStore",
                "tlsKeyStorePassword")) {
            assertRefused(
                    "redis://h?" + part + "=x",
                    part + ": this setting without TLS is not allowed; allowed is it" + " with rediss:// or tls=true");
        }
    }

    @Test
    void partsThatBelongTogetherAreRefusedAlone() {
        assertRefused("rediss://h?tlsKeyFile=x", "tlsKeyFile: this setting alone");
        assertRefused("rediss://h?tlsCertificateFile=x", "tlsCertificateFile: this setting alone");
        assertRefused("rediss://h?tlsKeyStorePassword=x", "tlsKeyStorePassword: this setting alone");
        assertRefused("rediss://h?tlsTrustStorePassword=x", "tlsTrustStorePassword: this setting alone");
    }

    @Test
    void partsThatExcludeEachOtherAreRefused() {
        assertRefused(
                "rediss://h?tlsCaFile=" + certificates.authority() + "&tlsTrustStore=" + certificates.trustStore(),
                "tlsTrustStore: one beside tlsCaFile");
        assertRefused(
                "rediss://h?tlsCertificateFile=" + certificates.certificate("client") + "&tlsKeyFile="
                        + certificates.key("client") + "&tlsKeyStore=" + certificates.store("client"),
                "tlsKeyStore: one beside tlsCertificateFile");
    }

    @Test
    void aFileThatCannotBeUsedIsNamedWithItsSetting() throws IOException {
        Path missing = folder.resolve("missing");
        Path text = Files.writeString(folder.resolve("text"), "no certificate");

        assertRefused(
                "rediss://h?tlsCaFile=" + missing, "tlsCaFile: '" + missing + "', which cannot be read (NoSuchFile");
        assertRefused("rediss://h?tlsCaFile=" + text, "tlsCaFile: '" + text + "', which ");
        assertRefused("rediss://h?tlsTrustStore=" + text, "tlsTrustStore: '" + text + "', which cannot be opened");
        assertRefused("rediss://h?tlsKeyStore=" + missing, "tlsKeyStore: '" + missing + "', which cannot be read");
        assertRefused(
                "rediss://h?tlsKeyStore=" + certificates.store("client") + "&tlsKeyStorePassword=Wr0ng",
                "tlsKeyStore: '");
        assertRefused(
                "rediss://h?tlsCertificateFile=" + certificates.certificate("client") + "&tlsKeyFile=" + text,
                "tlsKeyFile: '" + text + "', which has none, is not allowed; allowed is a PEM file with a private key"
                        + " in PKCS#8");
        assertRefused("rediss://h?tlsCaFile=", "tlsCaFile: '' is not allowed; allowed is the path of a file");
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() {
        assertRefused(
                "rediss://h?tlsCertificateFile=" + certificates.certificate("client") + "&tlsKeyFile="
                        + certificates.key("other"),
                "tlsKeyFile: '" + certificates.key("other") + "', which does not fit its certificate");
    }

    @Test
    void noTextShowsAPassword() {
        RedisTls stores = RedisTls.defaults()
                .trustStore(certificates.trustStore(), SECRET)
                .keyStore(certificates.store("client"), SECRET);

        assertThat(stores.toString())
                .contains("trusted.p12", "client.p12", "***")
                .doesNotContain(SECRET);
        assertThat(stores.keyStore().map(RedisTls.Store::toString).orElseThrow())
                .doesNotContain(SECRET);
        assertThat(RedisStreamConfig.builder().tls(stores).build().toString()).doesNotContain(SECRET);
        assertThat(new RedisTls.Store(Path.of("x"), Optional.empty())).hasToString("x");
    }

    private static void assertRefused(String uri, String beginning) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisStreamConfig.fromUri(uri))
                .withMessageStartingWith(beginning)
                .withMessageContaining(" is not allowed; allowed is ")
                .satisfies(refusal -> assertThat(refusal).hasMessageNotContaining("Wr0ng"));
    }
}
