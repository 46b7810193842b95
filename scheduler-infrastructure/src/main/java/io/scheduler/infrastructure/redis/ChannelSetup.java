package io.scheduler.infrastructure.redis;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import org.redisson.client.NettyHook;
import org.redisson.client.handler.CommandDecoder;
import org.redisson.client.handler.CommandsQueue;

/**
 * What our connections have beyond those of Redisson.
 *
 * <p>They take up to a megabyte at a time from their socket, because a long answer should come in few pieces: each is a
 * call of the system, and all answers but those with entries are looked through from the beginning each time. And their
 * buffers are plain pooled ones: the adaptive ones of Netty make each look at a byte dearer.
 *
 * @param tls whether they are encrypted, so that {@link TlsRefusals} listens
 */
record ChannelSetup(boolean tls) implements NettyHook {

    private static final int SMALLEST = 256;
    private static final int FIRST = 8 * 1024;
    private static final int LARGEST = 1024 * 1024;

    @Override
    public void afterBoostrapInitialization(Bootstrap bootstrap) {
        bootstrap.option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT);
        bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(SMALLEST, FIRST, LARGEST));
    }

    @Override
    public void afterChannelInitialization(Channel channel) {
        ChannelHandlerContext queue = channel.pipeline().context(CommandsQueue.class);
        if (queue != null) {
            channel.pipeline()
                    .addAfter(queue.name(), null, WithoutInterrupt.INSTANCE)
                    .addBefore(queue.name(), null, EncodedCommand.Bypass.INSTANCE)
                    .addBefore(queue.name(), null, LostAnswers.INSTANCE);
            String scheme = tls ? "rediss" : "redis";
            channel.pipeline().replace(CommandDecoder.class, null, new EntriesDecoder(scheme));
        }
        if (tls) {
            TlsRefusals.listenTo(channel);
        }
    }
}
