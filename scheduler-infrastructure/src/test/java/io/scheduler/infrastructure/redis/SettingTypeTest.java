package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTypeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "65536, 65536",
        "512KiB, 524288",
        "1MiB, 1048576",
        "2047MiB, 2146435072",
        "2147483647, 2147483647"
    })
    void aSizeIsInBytesOrInBinaryUnits(String text, int bytes) {
        assertThat(SettingType.SIZE.read("s", text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "MiB", "-1", "1.5MiB", "1 MiB", "1mib", "1MB", "1k", "2048MiB", "2147483648", "9999999999MiB"
            })
    void whatIsNoSizeIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingType.SIZE.read("s", text))
                .withMessage("s: '" + text
                        + "' is not allowed; allowed is a number of bytes below 2 GiB such as 65536, 512KiB or 1MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1.0", " 1", "0x1", "2147483648"})
    void whatIsNoWholeNumberIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingType.WHOLE_NUMBER.read("n", text))
                .withMessage("n: '" + text + "' is not allowed; allowed is a whole number of at most 2147483647");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "1", "TRUE"})
    void whatIsNoFlagIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingType.FLAG.read("f", text))
                .withMessage("f: '" + text + "' is not allowed; allowed is true or false");
    }

    @Test
    void aLongOrUnprintableTextIsShownCutAndEscaped() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingType.FLAG.read("f", "\n" + "x".repeat(1000)))
                .withMessage("f: '\\u000a" + "x".repeat(59)
                        + "… (1001 characters)' is not allowed; allowed is true or false");
    }
}
