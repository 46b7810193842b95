package io.scheduler.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every forwarding class has to do. Asks the port itself for its methods, so that one which it gains later is
 * tested without a change here.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ForwardsEveryCall<T> {

    private static final QueueName QUEUE = QueueName.of("orders");
    private static final Message MESSAGE = Message.of(MessageType.of("text", String.class), "hello");

    /** One value of each type that the ports' methods take or return. */
    private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(
            Map.entry(QueueName.class, QUEUE),
            Map.entry(Message.class, MESSAGE),
            Map.entry(List.class, List.of(MESSAGE)),
            Map.entry(Collection.class, List.of("4711")),
            Map.entry(CompletableFuture.class, new CompletableFuture<Void>()),
            Map.entry(QueueStats.class, QueueStats.EMPTY),
            Map.entry(Health.class, Health.down(Duration.ZERO, "down")),
            Map.entry(Duration.class, Duration.ofSeconds(4711)),
            Map.entry(String.class, "4711"),
            Map.entry(boolean.class, true),
            // Small, so that boxing it twice makes the same object.
            Map.entry(int.class, 47),
            Map.entry(long.class, 4711L));

    private record Call(Method method, List<Object> arguments) {}

    private final Class<T> port;
    private final Class<? extends T> forwarding;

    ForwardsEveryCall(Class<T> port, Class<? extends T> forwarding) {
        this.port = port;
        this.forwarding = forwarding;
    }

    /** The simplest subclass of the forwarding class. */
    abstract T forwardingTo(T delegate);

    Stream<Method> methodsOfThePort() {
        return Stream.of(port.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !method.isBridge());
    }

    @ParameterizedTest
    @MethodSource("methodsOfThePort")
    void overridesEveryMethodOfThePort(Method method) throws NoSuchMethodException {
        assertThat(forwarding
                        .getMethod(method.getName(), method.getParameterTypes())
                        .getDeclaringClass())
                .isEqualTo(forwarding);
    }

    @ParameterizedTest
    @MethodSource("methodsOfThePort")
    void handsOnTheSameArgumentsOnceAndReturnsTheSameResult(Method method) throws Exception {
        List<Call> calls = new ArrayList<>();
        Object answer = method.getReturnType() == void.class ? null : sample(method.getReturnType());
        T decorator = forwardingTo((called, arguments) -> {
            calls.add(new Call(called, arguments));
            return answer;
        });
        Object[] arguments = arguments(method);

        assertThat(method.invoke(decorator, arguments)).isEqualTo(answer);

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
        T decorator = forwardingTo((called, arguments) -> {
            throw error;
        });

        assertThatExceptionOfType(InvocationTargetException.class)
                .isThrownBy(() -> method.invoke(decorator, arguments(method)))
                .havingCause()
                .isSameAs(error);
    }

    private interface Answer {
        Object to(Method called, List<Object> arguments);
    }

    private T forwardingTo(Answer answer) {
        return forwardingTo(port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (proxy, method, arguments) -> answer.to(method, arguments == null ? List.of() : List.of(arguments)))));
    }

    private static Object[] arguments(Method method) {
        return Stream.of(method.getParameterTypes())
                .map(ForwardsEveryCall::sample)
                .toArray();
    }

    private static Object sample(Class<?> type) {
        assertThat(SAMPLES)
                .as("add a sample of %s for the port's new method", type)
                .containsKey(type);
        return SAMPLES.get(type);
    }
}
