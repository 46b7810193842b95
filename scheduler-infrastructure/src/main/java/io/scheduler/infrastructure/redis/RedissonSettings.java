package io.scheduler.infrastructure.redis;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import java.time.Duration;
import java.util.List;
import org.redisson.client.NettyHook;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.ClusterServersConfig;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;
import org.redisson.config.SentinelServersConfig;
import org.redisson.config.SingleServerConfig;
import org.redisson.config.SslVerificationMode;
import org.redisson.config.SubscriptionMode;
import org.redisson.config.TransportMode;

/** Translates {@link RedisStreamConfig} into Redisson's own settings. */
final class RedissonSettings {

    private static final int NETTY_THREADS = 2;
    private static final int CALLBACK_THREADS = 2;

    /** How often to ask who is the master: until a dead one is replaced here too, calls are not done. */
    private static final Duration SCAN_INTERVAL = Duration.ofSeconds(1);

    /** To each master; more than Redisson shares, so each command has one of its own while it is under way. */
    private static final int CLUSTER_CONNECTIONS = 64;

    private static final Duration PING_INTERVAL = Duration.ofSeconds(5);

    private static final String DEFAULT_USER = "default";

    private final RedisStreamConfig config;
    private final int connections;

    private RedissonSettings(RedisStreamConfig config, int connections) {
        this.config = config;
        this.connections = connections;
    }

    /**
     * The settings for a client.
     *
     * @param connections how many it may open; below ten Redisson shares each among many commands, instead of lending
     *     it out to one at a time
     */
    static Config of(RedisStreamConfig config, int connections) {
        return new RedissonSettings(config, connections).toRedisson();
    }

    private Config toRedisson() {
        Config redisson = new Config();
        // Redisson's default codec deserializes whatever class the bytes name.
        redisson.setCodec(ByteArrayCodec.INSTANCE);
        redisson.setReferenceEnabled(false);
        redisson.setNettyThreads(NETTY_THREADS);
        redisson.setThreads(CALLBACK_THREADS);
        NettyHook setup = new ChannelSetup(config.tls().isPresent());
        redisson.setNettyHook(setup);
        login(redisson, setup);
        config.tls().ifPresent(tls -> encryption(redisson, tls));
        RedisTopology topology = config.topology();
        if (topology instanceof RedisTopology.Single single) {
            single(redisson.useSingleServer(), single);
        } else if (topology instanceof RedisTopology.Sentinel sentinel) {
            sentinel(redisson.useSentinelServers(), sentinel);
        } else if (topology instanceof RedisTopology.Cluster cluster) {
            cluster(redisson.useClusterServers(), cluster);
        }
        transport(redisson);
        return redisson;
    }

    /** Last, because nothing ends the group if anything else fails. */
    private void transport(Config redisson) {
        if (!isEpollAvailable()) {
            redisson.setTransportMode(TransportMode.NIO);
            return;
        }
        redisson.setTransportMode(TransportMode.EPOLL);
        if (!(config.topology() instanceof RedisTopology.Cluster)) {
            redisson.setEventLoopGroup(new CallerServedLoop.Group(EpollIoHandler.newFactory(), CallerServedLoop.REST));
        }
    }

    /** Netty's own for Linux, if the program has brought it along. */
    private static boolean isEpollAvailable() {
        try {
            return Epoll.isAvailable();
        } catch (NoClassDefFoundError absent) {
            return false;
        }
    }

    private void login(Config redisson, NettyHook setup) {
        RotatingLogin.of(config)
                .ifPresentOrElse(
                        rotating -> {
                            redisson.setCredentialsResolver(rotating);
                            redisson.setNettyHook(new SentinelsApart(setup, rotating));
                            // Without a password Redisson would not ask whether sentinels want one. They get no user.
                            redisson.setUsername(DEFAULT_USER);
                            redisson.setPassword(rotating.now().password());
                        },
                        () -> {
                            config.username().ifPresent(redisson::setUsername);
                            config.password().ifPresent(redisson::setPassword);
                        });
    }

    private static void encryption(Config redisson, RedisTls tls) {
        // Its default too: the certificate must be signed by whom we trust, and name the host.
        redisson.setSslVerificationMode(SslVerificationMode.STRICT);
        tls.caFile()
                .ifPresent(
                        file -> redisson.setSslTrustManagerFactory(RotatingTrust.of(file, () -> TlsFiles.trust(file))));
        tls.trustStore()
                .ifPresent(store -> redisson.setSslTrustManagerFactory(
                        RotatingTrust.of(store.file(), () -> TlsFiles.trust(store))));
        tls.certificate()
                .ifPresent(files -> redisson.setSslKeyManagerFactory(
                        RotatingIdentity.of(List.of(files.chain(), files.key()), () -> TlsFiles.identity(files))));
        tls.keyStore()
                .ifPresent(store -> redisson.setSslKeyManagerFactory(
                        RotatingIdentity.of(List.of(store.file()), () -> TlsFiles.identity(store))));
    }

    private void single(SingleServerConfig server, RedisTopology.Single single) {
        common(server);
        server.setAddress(address(single.address()));
        server.setDatabase(config.database());
        server.setConnectionPoolSize(connections);
        server.setConnectionMinimumIdleSize(1);
        server.setSubscriptionConnectionMinimumIdleSize(0);
    }

    private void sentinel(SentinelServersConfig servers, RedisTopology.Sentinel sentinel) {
        common(servers);
        masterOnly(servers);
        // Redisson would insist on two; one that answers is enough to find the others.
        servers.setCheckSentinelsList(false);
        servers.setMasterName(sentinel.masterName());
        servers.setSentinelAddresses(addresses(sentinel.sentinels()));
        servers.setDatabase(config.database());
        servers.setScanInterval(Math.toIntExact(SCAN_INTERVAL.toMillis()));
    }

    private void cluster(ClusterServersConfig servers, RedisTopology.Cluster cluster) {
        common(servers);
        masterOnly(servers);
        servers.setNodeAddresses(addresses(cluster.nodes()));
        // A shared connection that is redirected (ASK, MOVED) while it is given back is given to the wrong node, and is
        // missing for ever: after a slot has moved no call would ever get one.
        servers.setMasterConnectionPoolSize(Math.max(connections, CLUSTER_CONNECTIONS));
        servers.setScanInterval(Math.toIntExact(SCAN_INTERVAL.toMillis()));
    }

    private void masterOnly(BaseMasterSlaveServersConfig<?> servers) {
        servers.setReadMode(ReadMode.MASTER);
        servers.setSubscriptionMode(SubscriptionMode.MASTER);
        servers.setMasterConnectionPoolSize(connections);
        servers.setMasterConnectionMinimumIdleSize(1);
        servers.setSubscriptionConnectionMinimumIdleSize(0);
    }

    private void common(BaseConfig<?> server) {
        // Redisson would send a script again after a response timeout; retrying is RetryingMessageQueue's.
        server.setRetryAttempts(0);
        server.setConnectTimeout(Math.toIntExact(config.connectionTimeout().toMillis()));
        server.setTimeout(Math.toIntExact(config.commandTimeout().toMillis()));
        server.setPingConnectionInterval(Math.toIntExact(PING_INTERVAL.toMillis()));
        server.setClientName("scheduler");
    }

    private List<String> addresses(List<RedisAddress> addresses) {
        return addresses.stream().map(this::address).toList();
    }

    private String address(RedisAddress address) {
        return (config.tls().isPresent() ? "rediss://" : "redis://") + address;
    }
}
