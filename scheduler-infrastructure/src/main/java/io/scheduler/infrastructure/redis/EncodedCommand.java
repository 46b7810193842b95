package io.scheduler.infrastructure.redis;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.redisson.client.RedisConnection;
import org.redisson.client.WriteRedisConnectionException;
import org.redisson.client.codec.Codec;
import org.redisson.client.protocol.CommandData;
import org.redisson.client.protocol.RedisCommand;

/**
 * A command whose bytes are ready. Redisson's encoder takes each argument by itself, on the thread that also reads the
 * answers: a third of what a publication costs here.
 */
final class EncodedCommand<T, R> extends CommandData<T, R> {

    private static final Object[] NO_PARAMETERS = {};

    private final byte[] request;

    /** Guarded by this. */
    private Optional<ChannelPromise> written = Optional.empty();

    private volatile Optional<Channel> lastChannel = Optional.empty();

    /** @param request what {@link RespRequest} made */
    EncodedCommand(Codec codec, RedisCommand<T> command, byte[] request) {
        this(codec, command, NO_PARAMETERS, request);
    }

    /** @param parameters what Redisson may want to know, although it is in the request */
    EncodedCommand(Codec codec, RedisCommand<T> command, Object[] parameters, byte[] request) {
        super(new CompletableFuture<>(), codec, command, parameters);
        this.request = request;
    }

    /**
     * Writes it, unless its promise is done already; if that fails, so does the promise. Behind all that was handed
     * over before, also when called by the thread that serves the connection: it would write at once, and overtake what
     * others have left for it to do.
     */
    synchronized void writeTo(RedisConnection connection) {
        if (isExecuted()) {
            return;
        }
        Channel channel = connection.getChannel();
        ChannelPromise writing = channel.newPromise();
        written = Optional.of(writing);
        writing.addListener(done -> {
            if (!done.isSuccess()) {
                tryFailure(new WriteRedisConnectionException("it could not be written", done.cause()));
            }
        });
        try {
            channel.eventLoop().execute(() -> channel.writeAndFlush(this, writing));
        } catch (RejectedExecutionException e) {
            writing.tryFailure(e);
        }
    }

    /** Where it was written last; empty if nowhere. */
    Optional<RedisConnection> writtenTo() {
        return lastChannel.map(RedisConnection::getFrom);
    }

    /** Takes it back, after its promise is done; false if Redis may have it. */
    synchronized boolean withdraw() {
        return written.isEmpty() || written.get().cancel(false);
    }

    /** Goes in front of Redisson's encoder, which leaves bytes alone. */
    @Sharable
    static final class Bypass extends ChannelOutboundHandlerAdapter {

        static final Bypass INSTANCE = new Bypass();

        private Bypass() {}

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
            if (message instanceof EncodedCommand<?, ?> command) {
                // Before the look: one of them sees the other, whoever ends it and whoever writes it.
                command.lastChannel = Optional.of(context.channel());
                if (command.isExecuted()) {
                    written.tryFailure(new CancellationException("nobody waits for it"));
                } else if (written.setUncancellable()) {
                    // As Redisson's does: a command that is given up now has not been sent, and one that has begun is.
                    context.write(Unpooled.wrappedBuffer(command.request), written);
                }
            } else {
                context.write(message, written);
            }
        }
    }
}
