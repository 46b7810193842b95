package io.scheduler.infrastructure.redis;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.redisson.client.RedisConnection;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.handler.ErrorsLoggingHandler;

/**
 * Tells whoever waits for a connection that TLS has failed. With TLS 1.3 a server refuses the client's certificate only
 * after the client thinks that all is well; Redisson would log that, wait until the time is over, and say only that it
 * is.
 */
final class TlsRefusals extends ChannelInboundHandlerAdapter {

    /** Behind what decrypts, and in front of what swallows the failure. */
    static void listenTo(Channel channel) {
        String end = channel.pipeline().context(ErrorsLoggingHandler.class).name();
        channel.pipeline().addBefore(end, null, new TlsRefusals());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) throws Exception {
        // What is told to whoever waits needs no log of its own.
        if (!TlsFailure.isOne(failure) || !(giveUp(context, failure) || wasGivenUp(context))) {
            super.exceptionCaught(context, failure);
        }
    }

    /** The network loses what the server said last, if the client has written meanwhile. */
    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        giveUp(
                context,
                new RedisConnectionException("it closed the connection before it had answered; so does a"
                        + " server that wants a certificate which it trusts (tlsCertificateFile, tlsKeyStore)"));
        super.channelInactive(context);
    }

    private static boolean wasGivenUp(ChannelHandlerContext context) {
        return RedisConnection.getFrom(context.channel()).getConnectionPromise().isCompletedExceptionally();
    }

    /** False if the connection had been established. */
    private static boolean giveUp(ChannelHandlerContext context, Throwable reason) {
        RedisConnection connection = RedisConnection.getFrom(context.channel());
        boolean waiting = connection.getConnectionPromise().completeExceptionally(reason);
        if (waiting) {
            connection.closeAsync();
        }
        return waiting;
    }
}
