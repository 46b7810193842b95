package io.scheduler.infrastructure.redis;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How connections are encrypted: whom to trust, and what to show to a server that asks for a certificate. Immutable.
 *
 * <p>The server's certificate must be signed by a trusted authority and must bear the host name or the IP address by
 * which the server is reached; that cannot be switched off. The files are read when this is made, to check them, and
 * for new connections whenever they have changed; while they cannot be used, what they held before goes on.
 *
 * @param caFile a file with the certificates of the authorities to trust, in PEM; by default none, and those that the
 *     Java platform trusts
 * @param trustStore the same as a key store (PKCS#12 or JKS); not together with {@code caFile}
 * @param certificate the client's certificate and key in PEM; by default none
 * @param keyStore the same as a key store; not together with {@code certificate}
 */
public record RedisTls(
        Optional<Path> caFile,
        Optional<Store> trustStore,
        Optional<ClientCertificate> certificate,
        Optional<Store> keyStore) {

    /**
     * Checks the settings and reads the files.
     *
     * @throws IllegalArgumentException if two exclude each other, or a file cannot be used; the text names the setting
     *     as it is called in a URI, and the file
     */
    public RedisTls {
        if (caFile.isPresent() && trustStore.isPresent()) {
            throw Allowed.refusal("tlsTrustStore", "one beside tlsCaFile", "one of the two");
        }
        if (certificate.isPresent() && keyStore.isPresent()) {
            throw Allowed.refusal("tlsKeyStore", "one beside tlsCertificateFile", "one of the two");
        }
        caFile.ifPresent(TlsFiles::trust);
        trustStore.ifPresent(TlsFiles::trust);
        certificate.ifPresent(TlsFiles::identity);
        keyStore.ifPresent(TlsFiles::identity);
    }

    /**
     * Trusts the authorities that the Java platform trusts, and shows no certificate.
     *
     * @return the settings
     */
    public static RedisTls defaults() {
        return new RedisTls(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * These settings, with the authorities of a PEM file as the only ones to trust.
     *
     * @param file one or more certificates
     * @return a copy
     */
    public RedisTls caFile(Path file) {
        return new RedisTls(Optional.of(file), Optional.empty(), certificate, keyStore);
    }

    /**
     * These settings, with the authorities of a key store as the only ones to trust.
     *
     * @param file a key store in PKCS#12 or JKS
     * @param password of the store
     * @return a copy
     */
    public RedisTls trustStore(Path file, String password) {
        return new RedisTls(
                Optional.empty(), Optional.of(new Store(file, Optional.of(password))), certificate, keyStore);
    }

    /**
     * These settings, with a certificate to show to the server.
     *
     * @param chain a PEM file with the certificate, and those between it and its authority behind it
     * @param key a PEM file with its private key, in PKCS#8 and not encrypted
     * @return a copy
     */
    public RedisTls certificate(Path chain, Path key) {
        return new RedisTls(caFile, trustStore, Optional.of(new ClientCertificate(chain, key)), Optional.empty());
    }

    /**
     * These settings, with the certificate of a key store to show to the server.
     *
     * @param file a key store in PKCS#12 or JKS
     * @param password of the store and of its key
     * @return a copy
     */
    public RedisTls keyStore(Path file, String password) {
        return new RedisTls(caFile, trustStore, Optional.empty(), Optional.of(new Store(file, Optional.of(password))));
    }

    /**
     * A key store.
     *
     * @param file in PKCS#12 or JKS
     * @param password of the store, if it has one
     */
    public record Store(Path file, Optional<String> password) {

        /** Checks that nothing is null. */
        public Store {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(password, "password");
        }

        /** The file, with {@code ***} in place of a password. */
        @Override
        public String toString() {
            return file + password.map(secret -> " (password=***)").orElse("");
        }
    }

    /**
     * A certificate with its key, in two PEM files that may be one.
     *
     * @param chain the certificate, and those between it and its authority behind it
     * @param key its private key, in PKCS#8 and not encrypted
     */
    public record ClientCertificate(Path chain, Path key) {

        /** Checks that nothing is null. */
        public ClientCertificate {
            Objects.requireNonNull(chain, "chain");
            Objects.requireNonNull(key, "key");
        }
    }

    /** The settings that are set, without passwords. */
    @Override
    public String toString() {
        return "RedisTls["
                + "trust="
                + caFile.map(Path::toString)
                        .or(() -> trustStore.map(Store::toString))
                        .orElse("the Java platform's")
                + certificate.map(files -> ", certificate=" + files.chain()).orElse("")
                + keyStore.map(store -> ", keyStore=" + store).orElse("") + "]";
    }
}
