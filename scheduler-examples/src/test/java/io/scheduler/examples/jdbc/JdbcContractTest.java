package io.scheduler.examples.jdbc;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.contract.AdminContract;
import io.scheduler.core.queue.contract.ClosingContract;
import io.scheduler.core.queue.contract.ConcurrencyContract;
import io.scheduler.core.queue.contract.ContractAspects;
import io.scheduler.core.queue.contract.ContractSettings;
import io.scheduler.core.queue.contract.ContractSubject;
import io.scheduler.core.queue.contract.DeadLetterContract;
import io.scheduler.core.queue.contract.DeduplicationContract;
import io.scheduler.core.queue.contract.DelayContract;
import io.scheduler.core.queue.contract.GivingUpContract;
import io.scheduler.core.queue.contract.HandingBackContract;
import io.scheduler.core.queue.contract.HealthContract;
import io.scheduler.core.queue.contract.LeaseContract;
import io.scheduler.core.queue.contract.PublishingContract;
import io.scheduler.core.queue.contract.ReceivingContract;
import io.scheduler.core.queue.contract.SettlingContract;
import io.scheduler.core.queue.contract.ValidationContract;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The whole contract on H2, run as any project runs it: out of the test-jar of scheduler-core. */
class JdbcContractTest {

    private static JdbcConnectionPool database;
    private static MessageQueue shared;

    @BeforeAll
    static void start() {
        database = JdbcConnectionPool.create("jdbc:h2:mem:contract;LOCK_TIMEOUT=10000", "", "");
        shared = open(ContractSettings.LASTING);
    }

    @AfterAll
    static void stop() {
        shared.close();
        database.dispose();
    }

    private static MessageQueue open(ContractSettings settings) {
        return new JdbcMessageQueue(
                database,
                new JacksonMessageCodec(),
                JdbcQueueSettings.DEFAULTS.withLease(settings.lease()).withMaxAttempts(settings.maxAttempts()));
    }

    interface OnH2 extends ContractSubject {
        @Override
        default MessageQueue queue() {
            return shared;
        }

        @Override
        default MessageQueue newQueue(ContractSettings settings) {
            return open(settings);
        }
    }

    @Test
    void provesEveryAspect() {
        ContractAspects.requireAllIn(JdbcContractTest.class);
    }

    @Nested
    class Publishing extends PublishingContract implements OnH2 {}

    @Nested
    class Deduplication extends DeduplicationContract implements OnH2 {}

    @Nested
    class Validation extends ValidationContract implements OnH2 {}

    @Nested
    class Delay extends DelayContract implements OnH2 {}

    @Nested
    class Admin extends AdminContract implements OnH2 {}

    @Nested
    class Receiving extends ReceivingContract implements OnH2 {}

    @Nested
    class Lease extends LeaseContract implements OnH2 {}

    @Nested
    class Settling extends SettlingContract implements OnH2 {}

    @Nested
    class HandingBack extends HandingBackContract implements OnH2 {}

    @Nested
    class GivingUp extends GivingUpContract implements OnH2 {}

    @Nested
    class DeadLetter extends DeadLetterContract implements OnH2 {}

    @Nested
    class Health extends HealthContract implements OnH2 {}

    @Nested
    class Closing extends ClosingContract implements OnH2 {}

    @Nested
    class Concurrency extends ConcurrencyContract implements OnH2 {}
}
