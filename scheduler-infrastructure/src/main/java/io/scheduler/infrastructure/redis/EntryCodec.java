package io.scheduler.infrastructure.redis;

import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.codec.CompositeCodec;

/**
 * Names of fields as text, values as bytes. A class of its own, by which {@link EntriesDecoder} knows what is asked
 * for.
 */
final class EntryCodec extends CompositeCodec {

    static final EntryCodec INSTANCE = new EntryCodec();

    private EntryCodec() {
        super(StringCodec.INSTANCE, ByteArrayCodec.INSTANCE, StringCodec.INSTANCE);
    }
}
