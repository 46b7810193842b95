package io.scheduler.infrastructure.redis;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;

/** Shows the certificate that files hold now. Redisson asks for each connection that it makes. */
final class RotatingIdentity extends KeyManagerFactory {

    private RotatingIdentity(KeyManagerFactory first, RotatingFiles<KeyManagerFactory> files) {
        super(new Spi(files), first.getProvider(), first.getAlgorithm());
    }

    static KeyManagerFactory of(List<Path> from, Supplier<KeyManagerFactory> reading) {
        RotatingFiles<KeyManagerFactory> files = new RotatingFiles<>(from, reading);
        return new RotatingIdentity(files.now(), files);
    }

    private static final class Spi extends KeyManagerFactorySpi {

        private final RotatingFiles<KeyManagerFactory> files;

        private Spi(RotatingFiles<KeyManagerFactory> files) {
            this.files = files;
        }

        @Override
        protected KeyManager[] engineGetKeyManagers() {
            return files.now().getKeyManagers();
        }

        @Override
        protected void engineInit(KeyStore store, char[] password) {
            throw new UnsupportedOperationException("Its files hold the certificate");
        }

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) {
            throw new UnsupportedOperationException("Its files hold the certificate");
        }
    }
}
