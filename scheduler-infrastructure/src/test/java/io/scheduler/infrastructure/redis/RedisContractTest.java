package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.contract.AdminContract;
import io.scheduler.core.queue.contract.ClosingContract;
import io.scheduler.core.queue.contract.ConcurrencyContract;
import io.scheduler.core.queue.contract.ContractAspects;
import io.scheduler.core.queue.contract.DeduplicationContract;
import io.scheduler.core.queue.contract.DelayContract;
import io.scheduler.core.queue.contract.HealthContract;
import io.scheduler.core.queue.contract.PublishingContract;
import io.scheduler.core.queue.contract.ValidationContract;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole contract, on every Redis at hand. */
@ParameterizedClass(name = "{0}")
@EnumSource(RedisUnderTest.class)
class RedisContractTest {

    private static Optional<RedisUnderTest.Running> server = Optional.empty();
    private static MessageQueue shared;

    @Parameter
    RedisUnderTest kind;

    @BeforeParameterizedClassInvocation
    static void start(RedisUnderTest kind) {
        if (kind.missing().isEmpty()) {
            server = Optional.of(kind.start());
            shared = open();
        }
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        server.ifPresent(running -> {
            shared.close();
            running.stop().run();
        });
        server = Optional.empty();
    }

    /** For each test by itself, so that the report counts them as skipped. */
    @BeforeEach
    void skipWhatThisMachineLacks() {
        assumeThat(kind.missing()).as("%s: skipped", kind).isEmpty();
    }

    private static MessageQueue open() {
        assumeThat(server).as("a server to open a queue on").isPresent();
        return RedisMessageQueue.open(
                RedisStreamConfig.fromUri(server.orElseThrow().uri()), new JacksonMessageCodec());
    }

    @Test
    void provesEveryAspect() {
        ContractAspects.requireAllIn(RedisContractTest.class);
    }

    @Nested
    class Publishing extends PublishingContract {
        @Override
        protected MessageQueue queue() {
            return shared;
        }
    }

    @Nested
    class Deduplication extends DeduplicationContract {
        @Override
        protected MessageQueue queue() {
            return shared;
        }
    }

    @Nested
    class Validation extends ValidationContract {
        @Override
        protected MessageQueue queue() {
            return shared;
        }
    }

    @Nested
    class Delay extends DelayContract {
        @Override
        protected MessageQueue queue() {
            return shared;
        }
    }

    @Nested
    class Admin extends AdminContract {
        @Override
        protected MessageQueue queue() {
            return shared;
        }
    }

    @Nested
    class Health extends HealthContract {
        @Override
        protected MessageQueue queue() {
            return shared;
        }
    }

    @Nested
    class Closing extends ClosingContract {
        @Override
        protected MessageQueue newQueue() {
            return open();
        }
    }

    @Nested
    class Concurrency extends ConcurrencyContract {
        @Override
        protected MessageQueue queue() {
            return shared;
        }
    }
}
