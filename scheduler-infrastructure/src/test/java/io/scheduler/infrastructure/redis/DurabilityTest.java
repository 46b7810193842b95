package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurabilityTest {

    @ParameterizedTest
    @ValueSource(strings = {"master", "replicas:1", "master-disk", "replica-disks:100", "master-disk+replica-disks:2"})
    void whatTheTextSaysIsRead(String text) {
        assertThat(Durability.parse(text))
                .hasValueSatisfying(value -> assertThat(value).hasToString(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Master",
                "replicas",
                "replicas:",
                "replicas:-1",
                "replicas:1 ",
                "disk",
                "replicas:9999999999"
            })
    void whatHasNoFormOfThemIsNone(String text) {
        assertThat(Durability.parse(text)).isEmpty();
    }

    @Test
    void numbersThatConfirmNothingAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durability.replicas(0))
                .withMessage("durability: 0 is not allowed; allowed is 1 to 100");
        assertThatIllegalArgumentException().isThrownBy(() -> Durability.replicas(101));
        assertThatIllegalArgumentException().isThrownBy(() -> Durability.replicaDisks(0));
        assertThat(new Durability.Disks(true, 0)).isEqualTo(Durability.masterDisk());
    }
}
