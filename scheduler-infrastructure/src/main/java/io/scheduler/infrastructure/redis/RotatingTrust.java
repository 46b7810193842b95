package io.scheduler.infrastructure.redis;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;

/** Trusts whom a file names now. Redisson asks for each connection that it makes. */
final class RotatingTrust extends TrustManagerFactory {

    private RotatingTrust(TrustManagerFactory first, RotatingFiles<TrustManagerFactory> files) {
        super(new Spi(files), first.getProvider(), first.getAlgorithm());
    }

    static TrustManagerFactory of(Path file, Supplier<TrustManagerFactory> reading) {
        RotatingFiles<TrustManagerFactory> files = new RotatingFiles<>(List.of(file), reading);
        return new RotatingTrust(files.now(), files);
    }

    private static final class Spi extends TrustManagerFactorySpi {

        private final RotatingFiles<TrustManagerFactory> files;

        private Spi(RotatingFiles<TrustManagerFactory> files) {
            this.files = files;
        }

        @Override
        protected TrustManager[] engineGetTrustManagers() {
            return files.now().getTrustManagers();
        }

        @Override
        protected void engineInit(KeyStore store) {
            throw new UnsupportedOperationException("Its file says whom to trust");
        }

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) {
            throw new UnsupportedOperationException("Its file says whom to trust");
        }
    }
}
