package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RedisSettingTest {

    private static final Set<String> PARAMETERS =
            Arrays.stream(RedisSetting.values()).map(RedisSetting::parameter).collect(Collectors.toSet());

    /** What only a program can give; a URI says the topology in its scheme and addresses. */
    private static final Set<String> NOT_TEXT = Set.of("topology", "credentials");

    @Test
    void everySettingOfTheConfigurationIsInTheTable() {
        Set<String> components = Arrays.stream(RedisStreamConfig.class.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
        components.removeAll(NOT_TEXT);

        assertThat(PARAMETERS).containsAll(components);
    }

    @Test
    void everySettingOfTheBuilderIsInTheTableAndNoOther() {
        Set<String> setters = Arrays.stream(RedisStreamConfigBuilder.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getParameterCount() == 1)
                .map(Method::getName)
                .collect(Collectors.toSet());
        setters.removeAll(NOT_TEXT);

        assertThat(withoutPartsOfTls()).isEqualTo(setters);
    }

    /** The builder takes them as one value. */
    private static Set<String> withoutPartsOfTls() {
        return PARAMETERS.stream()
                .filter(parameter -> parameter.equals("tls") || !parameter.startsWith("tls"))
                .collect(Collectors.toSet());
    }

    @Test
    void parametersAndVariablesAreCalledAfterTheConstant() {
        assertThat(RedisSetting.CONSUMER_GROUP_PREFIX.parameter()).isEqualTo("consumerGroupPrefix");
        assertThat(RedisSetting.CONSUMER_GROUP_PREFIX.variable()).isEqualTo("SCHEDULER_REDIS_CONSUMER_GROUP_PREFIX");
        assertThat(RedisSetting.TLS.parameter()).isEqualTo("tls");
        assertThat(RedisSetting.TLS.variable()).isEqualTo("SCHEDULER_REDIS_TLS");
    }
}
