package io.scheduler.examples.benchmark;

import io.scheduler.core.message.Message;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The steps of a message's way that need no server, for JMH to time. */
@State(Scope.Thread)
public class SingleMethods {

    private final JacksonMessageCodec codec = new JacksonMessageCodec();
    private final Message message = Sample.message();
    private final byte[] encoded = codec.encode(message).bytes();
    private final byte[] payload = Sample.PAYLOAD;

    /** JMH makes it. */
    public SingleMethods() {}

    /**
     * Makes a message.
     *
     * @return it
     */
    @Benchmark
    public Object makeMessage() {
        return Sample.message();
    }

    /**
     * Encodes an order as JSON.
     *
     * @return the bytes
     */
    @Benchmark
    public Object encodePayload() {
        return codec.payloadCodec().encode(Sample.TYPE, Sample.ORDER);
    }

    /**
     * Encodes a message, with its order, as JSON.
     *
     * @return the bytes
     */
    @Benchmark
    public Object encodeMessage() {
        return codec.encode(message);
    }

    /**
     * Decodes a message, without its order.
     *
     * @return the message
     */
    @Benchmark
    public Object decodeMessage() {
        return codec.decode(encoded);
    }

    /**
     * Decodes an order.
     *
     * @return the order
     */
    @Benchmark
    public Object decodePayload() {
        return codec.payloadCodec().decode(Sample.TYPE, payload);
    }
}
