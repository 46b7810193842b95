package io.scheduler.infrastructure.redis;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.redisson.client.NettyHook;
import org.redisson.client.RedisClient;
import org.redisson.client.RedisClientConfig;
import org.redisson.client.RedisConnection;
import org.redisson.client.handler.RedisConnectionHandler;

/**
 * Tells a {@link RotatingLogin} which connections lead to sentinels, just before it is asked. Redisson gives sentinels
 * no user, and a password only if they have asked for one.
 *
 * @param setup what else there is to do with a connection
 */
record SentinelsApart(NettyHook setup, RotatingLogin login) implements NettyHook {

    @Override
    public void afterBoostrapInitialization(Bootstrap bootstrap) {
        setup.afterBoostrapInitialization(bootstrap);
    }

    @Override
    public void afterChannelInitialization(Channel channel) {
        setup.afterChannelInitialization(channel);
        ChannelHandlerContext asking = channel.pipeline().context(RedisConnectionHandler.class);
        if (asking != null) {
            channel.pipeline().addBefore(asking.name(), null, new Telling(login));
        }
    }

    private static final class Telling extends ChannelInboundHandlerAdapter {

        private final RotatingLogin login;

        private Telling(RotatingLogin login) {
            this.login = login;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) throws Exception {
            RedisClient client = RedisConnection.getFrom(context.channel()).getRedisClient();
            RedisClientConfig config = client.getConfig();
            if (config.getUsername() == null) {
                login.isSentinel(client.resolveAddr().join(), config.getPassword() != null);
            }
            super.channelActive(context);
        }
    }
}
