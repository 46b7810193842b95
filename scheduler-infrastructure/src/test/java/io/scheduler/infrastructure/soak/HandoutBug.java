package io.scheduler.infrastructure.soak;

import static io.scheduler.infrastructure.soak.PlantedBug.deliveries;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.Payload;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.soak.Law;
import io.scheduler.infrastructure.json.JacksonPayloadCodec;
import io.scheduler.infrastructure.soak.BrokenQueue.BrokenDelivery;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** Mistakes in handing messages out. */
enum HandoutBug implements PlantedBug {
    ATTEMPTS_ARE_NOT_COUNTED(
            Law.ATTEMPTS_RISE,
            sometimes -> deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public int attempt() {
                    return 1;
                }
            })),

    THERE_IS_ONE_ATTEMPT_TOO_MANY(Law.ATTEMPTS_END, sometimes -> queue -> queue) {
        @Override
        public int maxAttempts() {
            return super.maxAttempts() + 1;
        }
    },

    RETRIES_ARE_NOT_COUNTED(
            Law.RETRIES_ARE_COUNTED,
            sometimes -> deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public Message message() {
                    return super.message().withRetryCount(0);
                }
            })),

    A_BYTE_OF_THE_PAYLOAD_IS_ANOTHER_ONE(
            Law.NOTHING_IS_ALTERED,
            sometimes -> deliveries(delivery -> new BrokenDelivery(delivery) {
                private final boolean altered = sometimes.isNext(50);

                @Override
                public Message message() {
                    JacksonPayloadCodec codec = new JacksonPayloadCodec();
                    String json = new String(super.message().payload().encode(codec), UTF_8);
                    return altered
                            ? super.message()
                                    .withPayload(Payload.encoded(
                                            json.replace("}", "]").concat(" ").getBytes(UTF_8), codec))
                            : super.message();
                }
            })),

    TWO_HOLD_A_MESSAGE_AT_ONCE(
            Law.LEASES_DO_NOT_OVERLAP,
            sometimes -> queue -> new BrokenQueue(queue) {
                @Override
                public List<Delivery> receive(QueueName name, int maxDeliveries, Duration maxWait) {
                    List<Delivery> received = super.receive(name, maxDeliveries, maxWait);
                    if (!received.isEmpty() && sometimes.isNext(10)) {
                        Delivery doubled = received.get(0);
                        received.add(new BrokenDelivery(doubled) {
                            @Override
                            public int attempt() {
                                return super.attempt() + 1;
                            }
                        });
                    }
                    return received;
                }
            }),

    A_LEASE_ENDS_TOO_EARLY(
            Law.LEASES_DO_NOT_OVERLAP,
            sometimes -> deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public Duration lease() {
                    return super.lease().multipliedBy(3);
                }
            }));

    private final Law law;
    private final Planting planting;

    HandoutBug(Law law, Planting planting) {
        this.law = law;
        this.planting = planting;
    }

    @Override
    public Law law() {
        return law;
    }

    @Override
    public UnaryOperator<MessageQueue> plant() {
        return planting.plant(new Sometimes());
    }
}
