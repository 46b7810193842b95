package io.scheduler.infrastructure.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.Payload;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueUnavailableException;
import io.scheduler.core.soak.Law;
import io.scheduler.infrastructure.json.JacksonPayloadCodec;
import io.scheduler.infrastructure.soak.BrokenQueue.BrokenDelivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Mistakes that an adapter could make, and the law that each breaks first. Each is in a queue that is right but for it,
 * most of them only now and then; {@link #plant} makes the decoration that all queue objects of one broker share.
 */
enum PlantedBug {
    AN_ACK_ASKS_NOBODY_WHO_HOLDS_THE_MESSAGE(Law.STALE_CHANGES_NOTHING) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return ackingForOthers(true);
        }
    },
    A_STALE_ACK_SAYS_SO_AND_REMOVES_THE_MESSAGE(Law.VALID_IS_SETTLED) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return ackingForOthers(false);
        }
    },
    A_CRASH_BETWEEN_DELETE_AND_ADD_LOSES_A_DELAYED_MESSAGE(Law.NOTHING_IS_LOST) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public boolean nack(Duration delay) {
                    return isNext(20) ? super.ack() : super.nack(delay);
                }
            });
        }
    },
    A_REPEATED_PUBLICATION_IS_STORED_AGAIN(Law.ONE_ENTRY) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return queue -> new StoredMessages(
                    queue,
                    message -> withId(message, message.id() + "/" + UUID.randomUUID()),
                    message -> withId(message, message.id().replaceFirst("/.*", "")));
        }
    },
    A_DELAY_IS_CUT_SHORT(Law.NEVER_EARLY) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public boolean nack(Duration delay) {
                    return super.nack(delay.dividedBy(2));
                }
            });
        }
    },
    A_MESSAGE_FOR_LATER_COMES_AT_ONCE(Law.NEVER_EARLY) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            Map<String, Message> published = new ConcurrentHashMap<>();
            return queue -> new StoredMessages(
                    queue,
                    message -> {
                        published.put(message.id(), message);
                        return withNotBefore(message, Optional.empty());
                    },
                    message ->
                            withNotBefore(message, published.get(message.id()).notBefore()));
        }
    },
    ATTEMPTS_ARE_NOT_COUNTED(Law.ATTEMPTS_RISE) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public int attempt() {
                    return 1;
                }
            });
        }
    },
    THERE_IS_ONE_ATTEMPT_TOO_MANY(Law.ATTEMPTS_END) {
        @Override
        int maxAttempts() {
            return super.maxAttempts() + 1;
        }
    },
    RETRIES_ARE_NOT_COUNTED(Law.RETRIES_ARE_COUNTED) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public Message message() {
                    return super.message().withRetryCount(0);
                }
            });
        }
    },
    A_BYTE_OF_THE_PAYLOAD_IS_ANOTHER_ONE(Law.NOTHING_IS_ALTERED) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return deliveries(delivery -> new BrokenDelivery(delivery) {
                private final boolean altered = isNext(50);

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
            });
        }
    },
    A_REJECTED_MESSAGE_IS_NO_DEAD_LETTER(Law.NOTHING_IS_LOST) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public boolean reject(String reason) {
                    return super.ack();
                }
            });
        }
    },
    A_MESSAGE_DIES_TOO_EARLY(Law.DEAD_FOR_A_REASON) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public boolean nack(Duration delay) {
                    return isNext(20) ? super.reject("handed back too often") : super.nack(delay);
                }
            });
        }
    },
    A_CALL_TAKES_TOO_LONG(Law.ENDS_IN_TIME) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public boolean extendLease() {
                    if (isNext(10)) {
                        waitFor(InMemorySoakSubject.CALLS_END_WITHIN.plusMillis(200));
                    }
                    return super.extendLease();
                }
            });
        }
    },
    AN_ERROR_IS_NOT_ONE_OF_THE_PORT(Law.ENDS_AS_PROMISED) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public boolean nack(Duration delay) {
                    if (isNext(20)) {
                        throw new IllegalStateException("connection reset");
                    }
                    return super.nack(delay);
                }
            });
        }
    },
    A_PUBLICATION_THAT_WAS_STORED_IS_CALLED_NOT_DONE(Law.NOT_DONE_IS_NOT_DONE) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return queue -> new BrokenQueue(queue) {
                @Override
                public void publish(QueueName name, Message message) {
                    super.publish(name, message);
                    if (isNext(5)) {
                        throw new QueueUnavailableException(
                                Operation.on("publish", name, List.of(message)), "no answer", new RuntimeException());
                    }
                }
            };
        }
    },
    A_PUBLICATION_IS_ACKNOWLEDGED_BEFORE_IT_IS_STORED(Law.NOTHING_IS_LOST) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return queue -> new BrokenQueue(queue) {
                @Override
                public void publish(QueueName name, Message message) {
                    if (!isNext(20)) {
                        super.publish(name, message);
                    }
                }
            };
        }
    },
    A_MESSAGE_COMES_FROM_NOWHERE(Law.NOTHING_IS_INVENTED) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return queue -> new BrokenQueue(queue) {
                @Override
                public void publish(QueueName name, Message message) {
                    super.publish(name, isNext(20) ? withId(message, "stranger-" + message.id()) : message);
                }
            };
        }
    },
    TWO_HOLD_A_MESSAGE_AT_ONCE(Law.LEASES_DO_NOT_OVERLAP) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return queue -> new BrokenQueue(queue) {
                @Override
                public List<Delivery> receive(QueueName name, int maxDeliveries, Duration maxWait) {
                    List<Delivery> received = super.receive(name, maxDeliveries, maxWait);
                    if (!received.isEmpty() && isNext(10)) {
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
            };
        }
    },
    A_LEASE_ENDS_TOO_EARLY(Law.LEASES_DO_NOT_OVERLAP) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public Duration lease() {
                    return super.lease().multipliedBy(3);
                }
            });
        }
    },
    AN_ACKNOWLEDGED_MESSAGE_COMES_AGAIN(Law.ACKNOWLEDGED_IS_DONE) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public boolean ack() {
                    return isNext(20) ? super.nack(Duration.ZERO) : super.ack();
                }
            });
        }
    },
    A_DELIVERY_IS_ACKNOWLEDGED_TWICE(Law.SETTLED_ONCE) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return deliveries(delivery -> new BrokenDelivery(delivery) {
                private volatile boolean acknowledged;

                @Override
                public boolean ack() {
                    acknowledged = super.ack() || acknowledged;
                    return acknowledged;
                }
            });
        }
    },
    A_HOLDER_IS_TURNED_AWAY(Law.VALID_IS_SETTLED) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public boolean ack() {
                    return !isNext(50) && super.ack();
                }
            });
        }
    },
    A_MESSAGE_GETS_STUCK(Law.DRAINS_IN_TIME) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return deliveries(delivery -> new BrokenDelivery(delivery) {
                @Override
                public boolean nack(Duration delay) {
                    return super.nack(isNext(20) ? delay.plusHours(1) : delay);
                }
            });
        }
    },
    A_CLOSED_QUEUE_LEAVES_A_THREAD_BEHIND(Law.THREADS_END) {
        @Override
        UnaryOperator<MessageQueue> plant() {
            return queue -> {
                Thread thread = new Thread(() -> waitFor(Duration.ofSeconds(20)), "left-behind");
                thread.setDaemon(true);
                thread.start();
                return queue;
            };
        }
    };

    private final Law law;
    private final AtomicInteger count = new AtomicInteger();

    PlantedBug(Law law) {
        this.law = law;
    }

    Law law() {
        return law;
    }

    UnaryOperator<MessageQueue> plant() {
        return queue -> queue;
    }

    int maxAttempts() {
        return InMemorySoakSubject.MAX_ATTEMPTS;
    }

    /** True once in so many times. */
    final boolean isNext(int every) {
        return count.incrementAndGet() % every == 0;
    }

    private static UnaryOperator<MessageQueue> deliveries(UnaryOperator<Delivery> alteration) {
        return queue -> new BrokenQueue(queue) {
            @Override
            Delivery broken(Delivery delivery) {
                return alteration.apply(delivery);
            }
        };
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

    private static Message withId(Message message, String id) {
        return new Message(
                id,
                message.type(),
                message.payload(),
                message.headers(),
                message.timestamp(),
                message.retryCount(),
                message.correlationId(),
                message.notBefore());
    }

    private static Message withNotBefore(Message message, Optional<java.time.Instant> notBefore) {
        return new Message(
                message.id(),
                message.type(),
                message.payload(),
                message.headers(),
                message.timestamp(),
                message.retryCount(),
                message.correlationId(),
                notBefore);
    }

    private static void waitFor(Duration time) {
        try {
            new CountDownLatch(1).await(time.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
