package io.scheduler.core.queue;

class ForwardingMessageQueueTest extends ForwardsEveryCall<MessageQueue> {

    ForwardingMessageQueueTest() {
        super(MessageQueue.class, ForwardingMessageQueue.class);
    }

    @Override
    MessageQueue forwardingTo(MessageQueue delegate) {
        return new ForwardingMessageQueue() {
            @Override
            protected MessageQueue delegate() {
                return delegate;
            }
        };
    }
}
