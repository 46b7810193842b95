package io.scheduler.infrastructure.redis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** Reads certificates and keys. What cannot be used is refused in the name of its setting. */
final class TlsFiles {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----(?<base64>[A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> KEY_KINDS = List.of("RSA", "EC", "Ed25519", "Ed448");
    private static final String KEY_ALLOWED = "a PEM file with a private key in PKCS#8 that is not encrypted; openssl"
            + " pkcs8 -topk8 -nocrypt makes one of other kinds";
    private static final String STORE_ALLOWED = "a key store in PKCS#12 or JKS, with its password";
    private static final String CERTIFICATES_ALLOWED = "a PEM file with one or more certificates";

    private TlsFiles() {}

    static TrustManagerFactory trust(Path caFile) {
        try {
            KeyStore authorities = emptyStore();
            int count = 0;
            for (Certificate authority : certificates("tlsCaFile", caFile)) {
                authorities.setCertificateEntry("authority-" + count++, authority);
            }
            return trust(authorities);
        } catch (GeneralSecurityException e) {
            throw refusal("tlsCaFile", caFile, "which cannot be used", CERTIFICATES_ALLOWED, e);
        }
    }

    static TrustManagerFactory trust(RedisTls.Store store) {
        try {
            return trust(load("tlsTrustStore", store));
        } catch (GeneralSecurityException e) {
            throw refusal("tlsTrustStore", store.file(), "which cannot be used", STORE_ALLOWED, e);
        }
    }

    static KeyManagerFactory identity(RedisTls.ClientCertificate files) {
        List<Certificate> chain = certificates("tlsCertificateFile", files.chain());
        PrivateKey key = key(files.key());
        if (!fits(key, chain.get(0))) {
            throw refusal("tlsKeyFile", files.key(), "which does not fit its certificate", KEY_ALLOWED, null);
        }
        char[] password = {};
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry("client", key, password, chain.toArray(Certificate[]::new));
            return identity(store, password);
        } catch (GeneralSecurityException e) {
            throw refusal("tlsKeyFile", files.key(), "which cannot be used", KEY_ALLOWED, e);
        }
    }

    static KeyManagerFactory identity(RedisTls.Store store) {
        try {
            KeyStore loaded = load("tlsKeyStore", store);
            return identity(loaded, password(store));
        } catch (GeneralSecurityException e) {
            throw refusal("tlsKeyStore", store.file(), "whose key does not open with its password", STORE_ALLOWED, e);
        }
    }

    private static TrustManagerFactory trust(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private static KeyManagerFactory identity(KeyStore store, char[] password) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("An empty key store needs no reading", e);
        }
    }

    private static KeyStore load(String setting, RedisTls.Store store) throws GeneralSecurityException {
        byte[] bytes = read(setting, store.file(), STORE_ALLOWED);
        try (InputStream in = new ByteArrayInputStream(bytes)) {
            // PKCS12 of the platform reads JKS too.
            KeyStore loaded = KeyStore.getInstance("PKCS12");
            loaded.load(in, store.password().map(String::toCharArray).orElse(null));
            if (loaded.size() == 0) {
                throw refusal(setting, store.file(), "which is empty", STORE_ALLOWED, null);
            }
            return loaded;
        } catch (IOException e) {
            throw refusal(setting, store.file(), "which cannot be opened", STORE_ALLOWED, e);
        }
    }

    private static char[] password(RedisTls.Store store) {
        return store.password().map(String::toCharArray).orElse(new char[0]);
    }

    private static List<Certificate> certificates(String setting, Path file) {
        byte[] bytes = read(setting, file, CERTIFICATES_ALLOWED);
        try {
            List<Certificate> found =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .stream()
                            .<Certificate>map(Certificate.class::cast)
                            .toList();
            if (found.isEmpty()) {
                throw refusal(setting, file, "which has none", CERTIFICATES_ALLOWED, null);
            }
            return found;
        } catch (CertificateException e) {
            throw refusal(setting, file, "which cannot be read as that", CERTIFICATES_ALLOWED, e);
        }
    }

    private static PrivateKey key(Path file) {
        String text = new String(read("tlsKeyFile", file, KEY_ALLOWED), StandardCharsets.ISO_8859_1);
        Matcher block = KEY.matcher(text);
        if (!block.find()) {
            throw refusal("tlsKeyFile", file, "which has none", KEY_ALLOWED, null);
        }
        PKCS8EncodedKeySpec spec =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group("base64")));
        return KEY_KINDS.stream()
                .flatMap(kind -> key(kind, spec).stream())
                .findFirst()
                .orElseThrow(() -> refusal(
                        "tlsKeyFile", file, "whose key is none of " + String.join(", ", KEY_KINDS), KEY_ALLOWED, null));
    }

    private static Optional<PrivateKey> key(String kind, PKCS8EncodedKeySpec spec) {
        try {
            return Optional.of(KeyFactory.getInstance(kind).generatePrivate(spec));
        } catch (InvalidKeySpecException anotherKind) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform knows " + kind, e);
        }
    }

    /** The platform itself would notice only when a server complains. */
    private static boolean fits(PrivateKey key, Certificate certificate) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] read(String setting, Path file, String allowed) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw refusal(setting, file, "which cannot be read (" + e.getClass().getSimpleName() + ")", allowed, e);
        }
    }

    private static IllegalArgumentException refusal(
            String setting, Path file, String flaw, String allowed, Throwable causeOrNull) {
        IllegalArgumentException refusal =
                Allowed.refusal(setting, Allowed.quoted(file.toString()) + ", " + flaw + ",", allowed);
        Optional.ofNullable(causeOrNull).ifPresent(refusal::initCause);
        return refusal;
    }
}
