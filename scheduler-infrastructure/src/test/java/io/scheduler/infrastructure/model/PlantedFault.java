package io.scheduler.infrastructure.model;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.model.AlteredQueue.AlteredDelivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Mistakes that an adapter could make, each in a queue that is right but for it. */
enum PlantedFault implements UnaryOperator<MessageQueue> {
    A_STALE_ACK_SAYS_THAT_IT_OWNED_THE_MESSAGE {
        @Override
        public MessageQueue apply(MessageQueue queue) {
            return withDeliveries(queue, delivery -> new AlteredDelivery(delivery) {
                @Override
                public boolean ack() {
                    super.ack();
                    return true;
                }
            });
        }
    },
    ACK_ALL_TELLS_OF_NO_STALE_DELIVERY {
        @Override
        public MessageQueue apply(MessageQueue queue) {
            return new AlteredQueue(queue) {
                @Override
                public List<Delivery> ackAll(Collection<? extends Delivery> deliveries) {
                    super.ackAll(deliveries);
                    return List.of();
                }
            };
        }
    },
    A_NACK_IS_NOT_COUNTED_AS_A_RETRY {
        @Override
        public MessageQueue apply(MessageQueue queue) {
            return withDeliveries(queue, delivery -> new AlteredDelivery(delivery) {
                @Override
                public Message message() {
                    return super.message().withRetryCount(0);
                }
            });
        }
    },
    A_NACK_FORGETS_ITS_DELAY {
        @Override
        public MessageQueue apply(MessageQueue queue) {
            return withDeliveries(queue, delivery -> new AlteredDelivery(delivery) {
                @Override
                public boolean nack(Duration delay) {
                    return super.nack();
                }
            });
        }
    },
    A_RELEASE_COUNTS_AS_AN_ATTEMPT {
        @Override
        public MessageQueue apply(MessageQueue queue) {
            return withDeliveries(queue, delivery -> new AlteredDelivery(delivery) {
                @Override
                public boolean release() {
                    return super.nack();
                }
            });
        }
    },
    EXTENDING_A_LEASE_ALWAYS_SUCCEEDS {
        @Override
        public MessageQueue apply(MessageQueue queue) {
            return withDeliveries(queue, delivery -> new AlteredDelivery(delivery) {
                @Override
                public boolean extendLease() {
                    return true;
                }
            });
        }
    },
    A_REPEATED_PUBLICATION_IS_STORED_AGAIN {
        @Override
        public MessageQueue apply(MessageQueue queue) {
            return new AlteredQueue(queue) {
                @Override
                public void publish(QueueName name, Message message) {
                    super.publish(name, withId(message, message.id() + "/" + UUID.randomUUID()));
                }

                @Override
                Delivery altered(Delivery delivery) {
                    return new AlteredDelivery(delivery) {
                        @Override
                        public Message message() {
                            return asPublished(super.message());
                        }
                    };
                }

                @Override
                public List<DeadLetter> deadLetters(QueueName name, int max) {
                    return super.deadLetters(name, max).stream()
                            .map(letter -> new DeadLetter(
                                    letter.id(),
                                    letter.queue(),
                                    letter.reason(),
                                    letter.diedAt(),
                                    letter.attempts(),
                                    letter.message().map(this::asPublished),
                                    letter.fields()))
                            .toList();
                }

                private Message asPublished(Message stored) {
                    return withId(stored, stored.id().replaceFirst("/.*", ""));
                }
            };
        }
    },
    A_LIST_IS_STORED_BACK_TO_FRONT {
        @Override
        public MessageQueue apply(MessageQueue queue) {
            return new AlteredQueue(queue) {
                @Override
                public void publishAll(QueueName name, List<Message> messages) {
                    List<Message> reversed = new ArrayList<>(messages);
                    Collections.reverse(reversed);
                    super.publishAll(name, reversed);
                }
            };
        }
    },
    RECEIVING_LOSES_THE_SECOND_OF_THREE_MESSAGES {
        @Override
        public MessageQueue apply(MessageQueue queue) {
            return new AlteredQueue(queue) {
                @Override
                public List<Delivery> receive(QueueName name, int maxDeliveries, Duration maxWait) {
                    List<Delivery> received = new ArrayList<>(super.receive(name, maxDeliveries, maxWait));
                    if (received.size() == 3) {
                        received.remove(1).ack();
                    }
                    return received;
                }
            };
        }
    },
    A_PURGE_TAKES_THE_DEAD_LETTERS_TOO {
        @Override
        public MessageQueue apply(MessageQueue queue) {
            return new AlteredQueue(queue) {
                @Override
                public long purge(QueueName name) {
                    super.purgeDeadLetters(name);
                    return super.purge(name);
                }
            };
        }
    },
    A_REDRIVE_BEGINS_WITH_THE_LATEST_LETTER {
        @Override
        public MessageQueue apply(MessageQueue queue) {
            return new AlteredQueue(queue) {
                @Override
                public long redrive(QueueName name, int max) {
                    List<String> ids = new ArrayList<>();
                    deadLetters(name, 1000).forEach(letter -> ids.add(0, letter.id()));
                    return super.redrive(name, ids.subList(0, Math.min(max, ids.size())));
                }
            };
        }
    };

    private static MessageQueue withDeliveries(MessageQueue queue, UnaryOperator<Delivery> alteration) {
        return new AlteredQueue(queue) {
            @Override
            Delivery altered(Delivery delivery) {
                return alteration.apply(delivery);
            }
        };
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
}
