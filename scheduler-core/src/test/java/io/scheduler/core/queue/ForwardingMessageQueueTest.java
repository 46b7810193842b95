package io.scheduler.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Asks the port itself for its methods, so that one which it gains later is tested without a change here. */
class ForwardingMessageQueueTest {

    private static final QueueName QUEUE = QueueName.of("orders");
    private static final Message MESSAGE = Message.of(MessageType.of("text", String.class), "hello");

    /** One value of each type that the port's methods take or return. */
    private static final Map<Class<?>, Object> SAMPLES = Map.of(
            QueueName.class,
            QUEUE,
            Message.class,
            MESSAGE,
            List.class,
            List.of(MESSAGE),
            CompletableFuture.class,
            new CompletableFuture<Void>(),
            QueueStats.class,
            QueueStats.EMPTY,
            Health.class,
            Health.down(Duration.ZERO, "down"),
            boolean.class,
            true,
            long.class,
            4711L);

    private record Call(Method method, List<Object> arguments) {}

    static Stream<Method> methodsOfThePort() {
        return Stream.of(MessageQueue.class.getMethods())
                .filter(method -> method.getDeclaringClass() != Object.class)
                .filter(method -> !method.isBridge());
    }

    @ParameterizedTest
    @MethodSource("methodsOfThePort")
    void overridesEveryMethodOfThePort(Method method) throws NoSuchMethodException {
        assertThat(ForwardingMessageQueue.class
                        .getMethod(method.getName(), method.getParameterTypes())
                        .getDeclaringClass())
                .isEqualTo(ForwardingMessageQueue.class);
    }

    @ParameterizedTest
    @MethodSource("methodsOfThePort")
    void handsOnTheSameArgumentsOnceAndReturnsTheSameResult(Method method) throws Exception {
        List<Call> calls = new ArrayList<>();
        Object answer = method.getReturnType() == void.class ? null : sample(method.getReturnType());
        MessageQueue forwarding = forwardingTo((called, arguments) -> {
            calls.add(new Call(called, arguments));
            return answer;
        });
        Object[] arguments = Stream.of(method.getParameterTypes())
                .map(ForwardingMessageQueueTest::sample)
                .toArray();

        assertThat(method.invoke(forwarding, arguments)).isEqualTo(answer);

        assertThat(calls).singleElement().satisfies(call -> {
            assertThat(call.method().getName()).isEqualTo(method.getName());
            assertThat(call.method().getParameterTypes()).isEqualTo(method.getParameterTypes());
            assertThat(call.arguments())
                    .usingElementComparator((a, b) -> a == b ? 0 : 1)
                    .containsExactly(arguments);
        });
    }

    @ParameterizedTest
    @MethodSource("methodsOfThePort")
    void letsErrorsThroughAsTheyAre(Method method) {
        QueueException error = new QueueClosedException(Operation.on("publish", QUEUE));
        MessageQueue forwarding = forwardingTo((called, arguments) -> {
            throw error;
        });
        Object[] arguments = Stream.of(method.getParameterTypes())
                .map(ForwardingMessageQueueTest::sample)
                .toArray();

        assertThatExceptionOfType(InvocationTargetException.class)
                .isThrownBy(() -> method.invoke(forwarding, arguments))
                .havingCause()
                .isSameAs(error);
    }

    private interface Answer {
        Object to(Method called, List<Object> arguments);
    }

    private static MessageQueue forwardingTo(Answer answer) {
        MessageQueue delegate = (MessageQueue) Proxy.newProxyInstance(
                MessageQueue.class.getClassLoader(),
                new Class<?>[] {MessageQueue.class},
                (proxy, method, arguments) -> answer.to(method, arguments == null ? List.of() : List.of(arguments)));
        return new ForwardingMessageQueue() {
            @Override
            protected MessageQueue delegate() {
                return delegate;
            }
        };
    }

    private static Object sample(Class<?> type) {
        assertThat(SAMPLES)
                .as("add a sample of %s for the port's new method", type)
                .containsKey(type);
        return SAMPLES.get(type);
    }
}
