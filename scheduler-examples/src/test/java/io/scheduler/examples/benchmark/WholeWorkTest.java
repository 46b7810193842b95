package io.scheduler.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WholeWorkTest {

    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @Test
    void aHalfThatFailsEndsTheWorkWithItsReasonAndStopsTheOther() throws Exception {
        Candidate both = new WholeWork(10).both(broker(() -> {
            throw new IllegalStateException("disk full");
        }));

        assertThatThrownBy(() -> both.load().run(Effort.TRIAL.time())).hasRootCauseMessage("disk full");

        interrupted.await();
        assertThat(closed).isTrue();
    }

    /** Its consumer waits until it is interrupted. */
    private Broker broker(Runnable publish) {
        return new Broker() {
            @Override
            public Names names() {
                return new Names("in", "out", "both");
            }

            @Override
            public Role role() {
                return Role.REFERENCE;
            }

            @Override
            public String note() {
                return "Nothing is kept.";
            }

            @Override
            public MessagePath path() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Queue open() {
                return new Queue() {
                    @Override
                    public void publish(int messages) {
                        publish.run();
                    }

                    @Override
                    public void consume(int messages) throws InterruptedException {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                            throw e;
                        }
                    }

                    @Override
                    public void close() {
                        closed.set(true);
                    }
                };
            }

            @Override
            public void close() {}
        };
    }
}
