package io.scheduler.examples.benchmark;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A queue of RabbitMQ, with publisher confirms and acknowledgements by hand. */
record RabbitQueue(String name, Channel publishing, Channel consuming) implements Broker.Queue {

    private static final int PREFETCH = 500;

    /** Half of the others are still on their way, or with the consumer, while these are acknowledged. */
    private static final int ACKNOWLEDGED_TOGETHER = PREFETCH / 2;

    @Override
    public void publish(int messages) throws IOException, InterruptedException {
        RabbitConfirms confirms = confirms();
        InFlight.repeat(WholeWork.IN_FLIGHT, messages, () -> publish(Sample.PAYLOAD, confirms));
        publishing.removeConfirmListener(confirms);
    }

    /** From now on publications are confirmed, to this. */
    RabbitConfirms confirms() throws IOException {
        publishing.confirmSelect();
        RabbitConfirms confirms = new RabbitConfirms();
        publishing.addConfirmListener(confirms);
        return confirms;
    }

    CompletableFuture<?> publish(byte[] body, RabbitConfirms confirms) {
        CompletableFuture<?> confirmed = confirms.expect(publishing.getNextPublishSeqNo());
        try {
            publishing.basicPublish("", name, MessageProperties.PERSISTENT_BASIC, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return confirmed;
    }

    @Override
    public void consume(int messages) throws IOException, InterruptedException {
        CountDownLatch left = new CountDownLatch(messages);
        consuming.basicQos(PREFETCH);
        consuming.basicConsume(name, false, new DefaultConsumer(consuming) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                    throws IOException {
                long rest = left.getCount() - 1;
                if (rest % ACKNOWLEDGED_TOGETHER == 0) {
                    consuming.basicAck(envelope.getDeliveryTag(), true);
                }
                left.countDown();
            }
        });
        left.await();
    }

    /** Has a consumer get each message as soon as it is there, look at it, and acknowledge it. */
    void push(Consumer<byte[]> arrivals) throws IOException {
        consuming.basicQos(PREFETCH);
        consuming.basicConsume(name, false, new DefaultConsumer(consuming) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                    throws IOException {
                synchronized (consuming) { // whoever is told of the last one may close the channel
                    arrivals.accept(body);
                    consuming.basicAck(envelope.getDeliveryTag(), false);
                }
            }
        });
    }

    @Override
    public void close() {
        try {
            synchronized (consuming) {
                consuming.abort();
            }
            publishing.queueDelete(name);
            publishing.abort();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the queue " + name, e);
        }
    }
}
