package io.scheduler.infrastructure.redis;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/**
 * Makes the default {@code consumerId}: readable for whoever looks at {@code XINFO CONSUMERS}, and never used twice.
 */
final class ConsumerId {

    private static final int MAX_HOST_LENGTH = 100;
    private static final int RANDOM_LENGTH = 8;

    private ConsumerId() {}

    /** Host name, process id and a random part, because in containers the first two may come back after a restart. */
    static String unique() {
        String random = UUID.randomUUID().toString().substring(0, RANDOM_LENGTH);
        return sanitized(Host.NAME) + "-" + ProcessHandle.current().pid() + "-" + random;
    }

    static String sanitized(String hostName) {
        String allowed = hostName.replaceAll("[^A-Za-z0-9._-]", "-");
        return allowed.substring(0, Math.min(allowed.length(), MAX_HOST_LENGTH));
    }

    /** Looked up once, since a look-up may take seconds on a machine whose name is not in its DNS. */
    private static final class Host {

        static final String NAME = lookUp();

        private static String lookUp() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException nameless) {
                return "localhost";
            }
        }
    }
}
