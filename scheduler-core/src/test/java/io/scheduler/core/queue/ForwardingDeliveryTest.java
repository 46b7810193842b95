package io.scheduler.core.queue;

class ForwardingDeliveryTest extends ForwardsEveryCall<Delivery> {

    ForwardingDeliveryTest() {
        super(Delivery.class, ForwardingDelivery.class);
    }

    @Override
    Delivery forwardingTo(Delivery delegate) {
        return new ForwardingDelivery() {
            @Override
            protected Delivery delegate() {
                return delegate;
            }
        };
    }
}
