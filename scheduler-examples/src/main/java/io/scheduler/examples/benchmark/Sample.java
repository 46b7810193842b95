package io.scheduler.examples.benchmark;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.json.JacksonPayloadCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What the benchmarks send: an order of some 200 bytes as JSON, in five fields where there is no library. */
final class Sample {

    /** What the messages hold. */
    record Order(long number, String customer, String address, List<Item> items, String remark) {}

    /** A part of it. */
    record Item(String article, int quantity, double price) {}

    static final MessageType<Order> TYPE = MessageType.of("order.place", Order.class);

    static final Order ORDER = new Order(
            4_711,
            "customer-20815@example.org",
            "1 Long Street, 12345 Town",
            List.of(new Item("A-1001", 2, 19.95), new Item("B-2002", 1, 4.5)),
            "Ring twice");

    /** The order as bytes, for those who send it without the library; they need not encode it. */
    static final byte[] PAYLOAD = new JacksonPayloadCodec().encode(TYPE, ORDER);

    private static final AtomicInteger queues = new AtomicInteger();

    private Sample() {}

    /** A message as a program makes it: a new one each time, with the order still to be encoded. */
    static Message message() {
        return Message.of(TYPE, ORDER);
    }

    /** One that carries a number. */
    static Message message(long number) {
        return Message.of(TYPE, new Order(number, ORDER.customer(), ORDER.address(), ORDER.items(), ORDER.remark()));
    }

    /** The order as bytes behind a number, for those who send it without the library. */
    static byte[] numbered(long number) {
        return ByteBuffer.allocate(Long.BYTES + PAYLOAD.length)
                .putLong(number)
                .put(PAYLOAD)
                .array();
    }

    static List<Message> messages(int count) {
        return Stream.generate(Sample::message).limit(count).toList();
    }

    /** A queue that nobody has used. */
    static QueueName newQueue() {
        return QueueName.of("orders-" + queues.incrementAndGet());
    }

    /** The five fields in which a program without the library might send the order. */
    static Map<String, byte[]> fields() {
        return Map.of(
                "message_id", bytes(newId()),
                "data", PAYLOAD,
                "timestamp", bytes("1767225600000"),
                "retry_count", bytes("0"),
                "correlation_id", bytes("order-4711"));
    }

    /** They as one command. */
    static byte[] xadd(String stream) {
        return RespSocket.command(
                "XADD",
                stream,
                "*",
                "message_id",
                newId(),
                "data",
                PAYLOAD,
                "timestamp",
                "1767225600000",
                "retry_count",
                "0",
                "correlation_id",
                "order-4711");
    }

    /** As cheap as an id can be: the references are to be limited by their sending. */
    private static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
