package io.scheduler.infrastructure.redis;

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
import io.scheduler.infrastructure.MessageQueues;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The whole contract through the retrying decorator, as {@link MessageQueues} puts it together. */
class RetryingRedisContractTest {

    private static RedisServerProcess server;
    private static MessageQueue shared;

    @BeforeAll
    static void start() {
        server = RedisServerProcess.launch();
        shared = open(ContractSettings.LASTING);
    }

    @AfterAll
    static void stop() {
        shared.close();
        server.close();
    }

    private static MessageQueue open(ContractSettings settings) {
        return MessageQueues.redis(RedisStreamConfig.fromUri(server.uri()).toBuilder()
                .lease(settings.lease())
                .maxAttempts(settings.maxAttempts())
                .build());
    }

    interface OnRedis extends ContractSubject {
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
        ContractAspects.requireAllIn(RetryingRedisContractTest.class);
    }

    @Nested
    class Publishing extends PublishingContract implements OnRedis {}

    @Nested
    class Deduplication extends DeduplicationContract implements OnRedis {}

    @Nested
    class Validation extends ValidationContract implements OnRedis {}

    @Nested
    class Delay extends DelayContract implements OnRedis {}

    @Nested
    class Admin extends AdminContract implements OnRedis {}

    @Nested
    class Receiving extends ReceivingContract implements OnRedis {}

    @Nested
    class Lease extends LeaseContract implements OnRedis {}

    @Nested
    class Settling extends SettlingContract implements OnRedis {}

    @Nested
    class HandingBack extends HandingBackContract implements OnRedis {}

    @Nested
    class GivingUp extends GivingUpContract implements OnRedis {}

    @Nested
    class DeadLetter extends DeadLetterContract implements OnRedis {}

    @Nested
    class Health extends HealthContract implements OnRedis {}

    @Nested
    class Closing extends ClosingContract implements OnRedis {}

    @Nested
    class Concurrency extends ConcurrencyContract implements OnRedis {}
}
