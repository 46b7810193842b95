package io.scheduler.infrastructure.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * Certificates that a test makes for itself with the JDK's keytool: an authority of its own, and what it signs. All of
 * them are in one key store, and in PEM files named after their aliases.
 */
final class TestCertificates implements AutoCloseable {

    static final String PASSWORD = "changeit";

    private static final String AUTHORITY = "authority";

    private final Path folder;

    private TestCertificates(Path folder) {
        this.folder = folder;
    }

    /** An authority that has signed nothing yet. */
    static TestCertificates create() {
        try {
            TestCertificates certificates = new TestCertificates(Files.createTempDirectory("certificates"));
            certificates.keytool("-alias", AUTHORITY, "-dname", "CN=Test Authority", "-ext", "bc:c");
            certificates.export(AUTHORITY);
            return certificates;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Signs a certificate for such names, for instance {@code dns:localhost,ip:127.0.0.1}. */
    TestCertificates sign(String alias, String names) {
        keytool("-alias", alias, "-dname", "CN=" + alias, "-ext", "san=" + names, "-signer", AUTHORITY);
        export(alias);
        return this;
    }

    Path authority() {
        return certificate(AUTHORITY);
    }

    Path certificate(String alias) {
        return folder.resolve(alias + ".crt");
    }

    Path key(String alias) {
        return folder.resolve(alias + ".key");
    }

    /** A key store with one of the entries alone. */
    Path store(String alias) {
        try {
            KeyStore single = KeyStore.getInstance("PKCS12");
            single.load(null, null);
            KeyStore all = load();
            single.setKeyEntry(
                    alias,
                    all.getKey(alias, PASSWORD.toCharArray()),
                    PASSWORD.toCharArray(),
                    all.getCertificateChain(alias));
            Path file = folder.resolve(alias + ".p12");
            try (var out = Files.newOutputStream(file)) {
                single.store(out, PASSWORD.toCharArray());
            }
            return file;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key store that trusts the authority, and has no keys. */
    Path trustStore() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(AUTHORITY, load().getCertificate(AUTHORITY));
            Path file = folder.resolve("trusted.p12");
            try (var out = Files.newOutputStream(file)) {
                trusted.store(out, PASSWORD.toCharArray());
            }
            return file;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keytool(String... arguments) {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(keytool.toString(), "-genkeypair"));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", folder.resolve("all.p12").toString()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String printed = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool: " + printed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while keytool runs", e);
        }
    }

    private KeyStore load() {
        try (InputStream in = Files.newInputStream(folder.resolve("all.p12"))) {
            KeyStore all = KeyStore.getInstance("PKCS12");
            all.load(in, PASSWORD.toCharArray());
            return all;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void export(String alias) {
        try {
            KeyStore all = load();
            StringBuilder chain = new StringBuilder();
            for (Certificate certificate : all.getCertificateChain(alias)) {
                chain.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            Files.writeString(certificate(alias), chain);
            Key key = all.getKey(alias, PASSWORD.toCharArray());
            Files.writeString(key(alias), pem("PRIVATE KEY", key.getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + what + "-----\n";
    }
}
