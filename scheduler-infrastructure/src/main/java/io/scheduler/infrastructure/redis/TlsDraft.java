package io.scheduler.infrastructure.redis;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The parts of {@link RedisTls} as they come one by one, out of a URI or the environment. */
final class TlsDraft {

    boolean enabled;
    Optional<Path> caFile = Optional.empty();
    Optional<Path> certificateFile = Optional.empty();
    Optional<Path> keyFile = Optional.empty();
    Optional<Path> trustStore = Optional.empty();
    Optional<String> trustStorePassword = Optional.empty();
    Optional<Path> keyStore = Optional.empty();
    Optional<String> keyStorePassword = Optional.empty();

    void set(RedisTls tls) {
        enabled = true;
        caFile = tls.caFile();
        certificateFile = tls.certificate().map(RedisTls.ClientCertificate::chain);
        keyFile = tls.certificate().map(RedisTls.ClientCertificate::key);
        trustStore = tls.trustStore().map(RedisTls.Store::file);
        trustStorePassword = tls.trustStore().flatMap(RedisTls.Store::password);
        keyStore = tls.keyStore().map(RedisTls.Store::file);
        keyStorePassword = tls.keyStore().flatMap(RedisTls.Store::password);
    }

    /** What the parts amount to; empty without TLS. */
    Optional<RedisTls> build() {
        if (!enabled) {
            givenName().ifPresent(name -> {
                throw Allowed.refusal(name, "this setting without TLS", "it with rediss:// or tls=true");
            });
            return Optional.empty();
        }
        requireBoth("tlsKeyFile", keyFile, "tlsCertificateFile", certificateFile);
        requireBoth("tlsCertificateFile", certificateFile, "tlsKeyFile", keyFile);
        requireBoth("tlsTrustStorePassword", trustStorePassword, "tlsTrustStore", trustStore);
        requireBoth("tlsKeyStorePassword", keyStorePassword, "tlsKeyStore", keyStore);
        return Optional.of(new RedisTls(
                caFile,
                trustStore.map(file -> new RedisTls.Store(file, trustStorePassword)),
                certificateFile.map(file -> new RedisTls.ClientCertificate(file, keyFile.orElseThrow())),
                keyStore.map(file -> new RedisTls.Store(file, keyStorePassword))));
    }

    private static void requireBoth(String given, Optional<?> value, String other, Optional<?> needed) {
        if (value.isPresent() && needed.isEmpty()) {
            throw Allowed.refusal(given, "this setting alone", "it together with " + other);
        }
    }

    private Optional<String> givenName() {
        return Stream.of(
                        caFile.map(set -> "tlsCaFile"),
                        certificateFile.map(set -> "tlsCertificateFile"),
                        keyFile.map(set -> "tlsKeyFile"),
                        trustStore.map(set -> "tlsTrustStore"),
                        trustStorePassword.map(set -> "tlsTrustStorePassword"),
                        keyStore.map(set -> "tlsKeyStore"),
                        keyStorePassword.map(set -> "tlsKeyStorePassword"))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
