package io.scheduler.core.soak;

import io.scheduler.core.message.MessageType;
import io.scheduler.core.message.PayloadCodec;

/** For payloads that are bytes already: what is soaked is the queue, not a codec. */
enum EncodedAlready implements PayloadCodec {
    CODEC;

    @Override
    public <T> byte[] encode(MessageType<T> type, T value) {
        throw new UnsupportedOperationException("A payload of the soak has been encoded already");
    }

    @Override
    public <T> T decode(MessageType<T> type, byte[] json) {
        throw new UnsupportedOperationException("A payload of the soak is decoded by nobody but its adapter");
    }
}
