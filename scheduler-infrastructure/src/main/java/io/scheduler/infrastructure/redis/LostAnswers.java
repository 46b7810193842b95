package io.scheduler.infrastructure.redis;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.redisson.client.RedisConnection;
import org.redisson.client.RedisException;
import org.redisson.client.handler.CommandsQueue;
import org.redisson.client.protocol.QueueCommand;
import org.redisson.client.protocol.QueueCommandHolder;

/**
 * Ends the commands whose connection has gone before their answer. Redisson forgets those that had been sent, so that
 * their callers would wait until time is over. Reads that wait are left to it: it sends them again.
 */
@Sharable
final class LostAnswers extends ChannelInboundHandlerAdapter {

    static final LostAnswers INSTANCE = new LostAnswers();

    private LostAnswers() {}

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (wasEstablished(context)) {
            endAll(context);
        }
        context.fireChannelInactive();
    }

    /** Why a connection does not come about is told by others. */
    private static boolean wasEstablished(ChannelHandlerContext context) {
        CompletableFuture<?> established =
                RedisConnection.getFrom(context.channel()).getConnectionPromise();
        return established.isDone() && !established.isCompletedExceptionally();
    }

    private static void endAll(ChannelHandlerContext context) {
        Deque<QueueCommandHolder> sent =
                context.channel().attr(CommandsQueue.COMMANDS_QUEUE).get();
        for (QueueCommandHolder holder : sent) {
            QueueCommand command = holder.getCommand();
            if (!command.isBlockingCommand() && holder.getChannelPromise().isSuccess()) {
                command.tryFailure(new RedisException("it was closed"));
            }
        }
    }
}
