package io.scheduler.infrastructure.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.ReplayingDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as Redis writes them, in pieces of every size. */
class EntriesReplyTest {

    private static final String FIRST = "*2|$15|1700000000000-0|*8"
            + "|$10|message_id|$1|m|$4|data|$5|{é\r\n|$9|timestamp|$1|t|$11|retry_count|$1|0|";
    private static final String SECOND = "*2|$4|7-12|*6|$8|attempts|$1|3|$4|xxxx|$0||$4|data|$0||";

    @ParameterizedTest
    @ValueSource(strings = {"*1|*2|$6|emails|*2|", "%1|$6|emails|*2|"})
    void entriesComeInTheirOrderWithTheFieldsThatAreLookedAt(String head) {
        byte[] reply = reply(head + FIRST + SECOND);

        for (int size = 1; size <= reply.length; size++) {
            assertThat(read(reply, size))
                    .as("in pieces of %d bytes", size)
                    .singleElement()
                    .satisfies(read -> {
                        assertThat(read)
                                .containsExactly(
                                        Map.entry("1700000000000-0", Map.of("data", "{é\r\n", "retry_count", "0")),
                                        Map.entry("7-12", Map.of("attempts", "3", "data", "")));
                    });
        }
    }

    /** A stranger may choose any id, up to the largest numbers without a sign. */
    @Test
    void anIdIsTakenAsItIs() {
        byte[] reply = reply("*1|*2|$1|q|*1|*2|$22|18446744073709551615-1|*2|$11|retry_count|$2|12|");

        assertThat(read(reply, 5)).containsExactly(Map.of("18446744073709551615-1", Map.of("retry_count", "12")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*-1|", "_|", "*0|", "*1|*2|$1|q|*0|", "%1|$1|q|*0|"})
    void nothingIsNoEntries(String reply) {
        assertThat(read(reply(reply), 1)).containsExactly(Map.of());
    }

    @Test
    void oneAnswerAfterAnother() {
        byte[] reply = reply("*1|*2|$1|q|*1|" + SECOND + "*-1|" + "*1|*2|$1|q|*1|" + FIRST);

        assertThat(read(reply, 7)).extracting(Map::size).containsExactly(1, 0, 1);
    }

    @Test
    void anErrorIsSomebodyElses() {
        ByteBuf error = Unpooled.wrappedBuffer(reply("-NOGROUP No such key|"));

        assertThat(new EntriesReply().accepts(error)).isFalse();
        assertThat(error.readerIndex()).isZero();
    }

    @Test
    void whatRedisNeverSendsIsAnErrorAndNoEndlessWait() {
        assertThatThrownBy(() -> read(reply("*1|*2|:1|*0|"), 64))
                .isInstanceOf(DecoderException.class)
                .hasMessageContaining("':' where '$' should be");
    }

    private static byte[] reply(String lines) {
        return lines.replace("|", "\r\n").getBytes(UTF_8);
    }

    private static List<Map<String, Map<String, String>>> read(byte[] reply, int size) {
        EmbeddedChannel channel = new EmbeddedChannel(new Decoder());
        for (int from = 0; from < reply.length; from += size) {
            channel.writeInbound(Unpooled.copiedBuffer(reply, from, Math.min(size, reply.length - from)));
        }
        return channel.inboundMessages().stream().map(EntriesReplyTest::text).toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, String>> text(Object read) {
        Map<String, Map<String, String>> text = new LinkedHashMap<>();
        ((List<ReceivedEntry>) read).forEach(entry -> {
            Map<String, String> values = new LinkedHashMap<>();
            put(values, "data", entry.data());
            put(values, "retry_count", entry.retryCount());
            put(values, "attempts", entry.attempts());
            text.put(entry.id(), values);
        });
        return text;
    }

    private static void put(Map<String, String> values, String name, Optional<byte[]> value) {
        value.ifPresent(bytes -> values.put(name, new String(bytes, UTF_8)));
    }

    private static final class Decoder extends ReplayingDecoder<Void> {

        private final EntriesReply reply = new EntriesReply();

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            reply.read(in, this::checkpoint);
            out.add(reply.take());
        }
    }
}
