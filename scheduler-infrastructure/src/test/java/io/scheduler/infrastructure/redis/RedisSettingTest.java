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

    @Test
    void everySettingOfTheConfigurationIsInTheTable() {
        Set<String> components = Arrays.stream(RedisStreamConfig.class.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
        components.remove("topology");

        assertThat(PARAMETERS).containsAll(components);
    }

    @Test
    void everySettingOfTheBuilderIsInTheTableAndNoOther() {
        Set<String> setters = Arrays.stream(RedisStreamConfigBuilder.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getParameterCount() == 1)
                .map(Method::getName)
                .collect(Collectors.toSet());
        setters.remove("topology");

        assertThat(PARAMETERS).isEqualTo(setters);
    }

    @Test
    void parametersAndVariablesAreCalledAfterTheConstant() {
        assertThat(RedisSetting.CONSUMER_GROUP_PREFIX.parameter()).isEqualTo("consumerGroupPrefix");
        assertThat(RedisSetting.CONSUMER_GROUP_PREFIX.variable()).isEqualTo("SCHEDULER_REDIS_CONSUMER_GROUP_PREFIX");
        assertThat(RedisSetting.TLS.parameter()).isEqualTo("tls");
        assertThat(RedisSetting.TLS.variable()).isEqualTo("SCHEDULER_REDIS_TLS");
    }
}
