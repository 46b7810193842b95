package io.scheduler.infrastructure.redis;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.redisson.client.codec.BaseCodec;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.handler.State;
import org.redisson.client.protocol.Decoder;
import org.redisson.client.protocol.Encoder;

/**
 * Reads the entries of a stream: names of fields as text, values as bytes. The usual names are not made anew for each
 * entry.
 */
final class EntryCodec extends BaseCodec {

    static final EntryCodec INSTANCE = new EntryCodec();

    private static final List<Name> USUAL = List.of(
            Name.of("message_id"),
            Name.of("data"),
            Name.of("timestamp"),
            Name.of("retry_count"),
            Name.of("attempts"),
            Name.of("correlation_id"));

    private EntryCodec() {}

    @Override
    public Decoder<Object> getMapKeyDecoder() {
        return EntryCodec::name;
    }

    @Override
    public Decoder<Object> getMapValueDecoder() {
        return ByteArrayCodec.INSTANCE.getValueDecoder();
    }

    @Override
    public Decoder<Object> getValueDecoder() {
        return StringCodec.INSTANCE.getValueDecoder();
    }

    @Override
    public Encoder getValueEncoder() {
        return StringCodec.INSTANCE.getValueEncoder();
    }

    private static String name(ByteBuf bytes, State state) {
        for (Name usual : USUAL) {
            if (usual.isIn(bytes)) {
                return usual.text;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private record Name(String text, byte[] bytes) {

        static Name of(String text) {
            return new Name(text, text.getBytes(StandardCharsets.US_ASCII));
        }

        boolean isIn(ByteBuf found) {
            if (found.readableBytes() != bytes.length) {
                return false;
            }
            int from = found.readerIndex();
            for (int i = 0; i < bytes.length; i++) {
                if (found.getByte(from + i) != bytes[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
