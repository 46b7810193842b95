package io.scheduler.infrastructure.redis;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import org.redisson.client.NettyHook;

/**
 * Lets a connection take up to a megabyte at a time from its socket. Redisson looks through an answer from its
 * beginning whenever more of it has come, so a long one should come in few pieces.
 */
final class LargeReads implements NettyHook {

    private static final int SMALLEST = 256;
    private static final int FIRST = 8 * 1024;
    private static final int LARGEST = 1024 * 1024;

    @Override
    public void afterBoostrapInitialization(Bootstrap bootstrap) {
        bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(SMALLEST, FIRST, LARGEST));
    }

    @Override
    public void afterChannelInitialization(Channel channel) {
        // The bootstrap has said it all.
    }
}
