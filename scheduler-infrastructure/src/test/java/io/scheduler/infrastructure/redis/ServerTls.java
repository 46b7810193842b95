package io.scheduler.infrastructure.redis;

import java.util.List;
import java.util.stream.Stream;

/**
 * How a server speaks TLS, to its clients and to other servers, on a port beside the plain one.
 *
 * @param alias whose certificate it shows
 * @param asking whether it wants one of its clients
 */
record ServerTls(TestCertificates certificates, String alias, boolean asking) {

    /** One that asks nobody. */
    static ServerTls showing(TestCertificates certificates, String alias) {
        return new ServerTls(certificates, alias, false);
    }

    /** One that lets nobody in without a certificate. */
    static ServerTls asking(TestCertificates certificates, String alias) {
        return new ServerTls(certificates, alias, true);
    }

    /** As arguments of the command line. */
    List<String> settings(int port) {
        return lines(port).stream()
                .flatMap(line -> Stream.of(line.split(" ", 2)))
                .map(part -> part.startsWith("tls-") ? "--" + part : part)
                .toList();
    }

    /** As lines of a file. */
    List<String> lines(int port) {
        return List.of(
                "tls-port " + port,
                "tls-cert-file " + certificates.certificate(alias),
                "tls-key-file " + certificates.key(alias),
                "tls-ca-cert-file " + certificates.authority(),
                "tls-auth-clients " + (asking ? "yes" : "no"),
                "tls-replication yes");
    }
}
