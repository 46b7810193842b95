package io.scheduler.infrastructure.soak;

import static io.scheduler.infrastructure.soak.PlantedBug.deliveries;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.soak.Law;
import io.scheduler.infrastructure.soak.BrokenQueue.BrokenDelivery;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Mistakes in settling. */
enum SettlementBug implements PlantedBug {
    AN_ACK_ASKS_NOBODY_WHO_HOLDS_THE_MESSAGE(Law.STALE_CHANGES_NOTHING, sometimes -> ackingForOthers(true)),

    A_STALE_ACK_SAYS_SO_AND_REMOVES_THE_MESSAGE(Law.VALID_IS_SETTLED, sometimes -> ackingForOthers(false)),

    A_CRASH_BETWEEN_DELETE_AND_ADD_LOSES_A_DELAYED_MESSAGE(
            Law.NOTHING_IS_LOST,
            sometimes -> deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public boolean nack(Duration delay) {
                    return sometimes.isNext(20) ? super.ack() : super.nack(delay);
                }
            })),

    A_DELAY_IS_CUT_SHORT(
            Law.NEVER_EARLY,
            sometimes -> deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public boolean nack(Duration delay) {
                    return super.nack(delay.dividedBy(2));
                }
            })),

    A_REJECTED_MESSAGE_IS_NO_DEAD_LETTER(
            Law.NOTHING_IS_LOST,
            sometimes -> deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public boolean reject(String reason) {
                    return super.ack();
                }
            })),

    A_MESSAGE_DIES_TOO_EARLY(
            Law.DEAD_FOR_A_REASON,
            sometimes -> deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public boolean nack(Duration delay) {
                    return sometimes.isNext(20) ? super.reject("handed back too often") : super.nack(delay);
                }
            })),

    AN_ACKNOWLEDGED_MESSAGE_COMES_AGAIN(
            Law.ACKNOWLEDGED_IS_DONE,
            sometimes -> deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public boolean ack() {
                    return sometimes.isNext(20) ? super.nack(Duration.ZERO) : super.ack();
                }
            })),

    A_DELIVERY_IS_ACKNOWLEDGED_TWICE(
            Law.SETTLED_ONCE,
            sometimes -> deliveries(delivery -> new BrokenDelivery(delivery) {
                private volatile boolean acknowledged;

                @Override
                public boolean ack() {
                    acknowledged = super.ack() || acknowledged;
                    return acknowledged;
                }
            })),

    A_HOLDER_IS_TURNED_AWAY(
            Law.VALID_IS_SETTLED,
            sometimes -> deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public boolean ack() {
                    return !sometimes.isNext(50) && super.ack();
                }
            })),

    A_MESSAGE_GETS_STUCK(
            Law.DRAINS_IN_TIME,
            sometimes -> deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public boolean nack(Duration delay) {
                    return super.nack(sometimes.isNext(20) ? delay.plusHours(1) : delay);
                }
            }));

    private final Law law;
    private final Planting planting;

    SettlementBug(Law law, Planting planting) {
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

    /** @param answer what a stale delivery says after it has acknowledged for whoever holds the message */
    private static UnaryOperator<MessageQueue> ackingForOthers(boolean answer) {
        Map<String, Delivery> holders = new ConcurrentHashMap<>();
        return deliveries(delivery -> {
            holders.put(delivery.message().id(), delivery);
            return new BrokenDelivery(delivery) {
                @Override
                public boolean ack() {
                    return super.ack() || (holders.get(message().id()).ack() && answer);
                }
            };
        });
    }
}
