package io.scheduler.infrastructure.redis;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Hides from Redisson that the thread which writes was interrupted: it would not send the command, which may be another
 * caller's than the thread that serves the connection. An interrupt in the instant between the two still has this
 * effect, and the command fails as not sent.
 */
@Sharable
final class WithoutInterrupt extends ChannelOutboundHandlerAdapter {

    static final WithoutInterrupt INSTANCE = new WithoutInterrupt();

    private WithoutInterrupt() {}

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
        boolean interrupted = Thread.interrupted();
        try {
            context.write(message, written);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
