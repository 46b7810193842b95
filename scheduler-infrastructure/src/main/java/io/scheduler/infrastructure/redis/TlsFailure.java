package io.scheduler.infrastructure.redis;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Tells why TLS did not come about, and what to do: it has no words of Redis to go by. */
final class TlsFailure {

    private static final String ALERT = "Received fatal alert: ";

    private TlsFailure() {}

    static boolean isOne(Throwable failure) {
        return chain(failure).anyMatch(SSLException.class::isInstance);
    }

    /** What is wrong and will stay so; empty if it is not that, such as a connection that broke. */
    static Optional<String> reason(Throwable failure) {
        if (!isOne(failure)) {
            return Optional.empty();
        }
        Optional<String> alert = words(failure, ALERT);
        if (alert.isPresent()) {
            return Optional.of("does not accept what we show it ("
                    + alert.get().substring(ALERT.length())
                    + "); set tlsCertificateFile and tlsKeyFile, or tlsKeyStore, to a certificate that it trusts");
        }
        Optional<String> names =
                words(failure, "No subject alternative ").or(() -> words(failure, "No name matching "));
        if (names.isPresent()) {
            return Optional.of("has a certificate for another host name (" + names.get()
                    + "); reach it by a name that its certificate bears, or give it a certificate for this one");
        }
        if (chain(failure)
                .anyMatch(cause -> cause instanceof CertificateException
                        || cause instanceof CertPathValidatorException
                        || cause instanceof CertPathBuilderException)) {
            return Optional.of("has a certificate that is not trusted here ("
                    + root(failure).getMessage() + "); set tlsCaFile or tlsTrustStore to the authority that signed it");
        }
        if (chain(failure).anyMatch(cause -> cause.getClass().getSimpleName().equals("NotSslRecordException"))) {
            return Optional.of("does not speak TLS on this port; name the port that does, or do without");
        }
        return Optional.empty();
    }

    private static Optional<String> words(Throwable failure, String beginning) {
        return chain(failure)
                .map(cause -> String.valueOf(cause.getMessage()))
                .filter(text -> text.startsWith(beginning) || text.contains(") " + beginning))
                .map(text -> text.substring(text.indexOf(beginning)))
                .findFirst();
    }

    private static Throwable root(Throwable failure) {
        return chain(failure).reduce(failure, (outer, inner) -> inner);
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
