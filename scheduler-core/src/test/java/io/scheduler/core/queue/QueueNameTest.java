package io.scheduler.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueNameTest {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-";
    private static final String ALLOWED = ". Allowed are 1 to 200 characters out of A-Z a-z 0-9 . _ : -";

    @Test
    void acceptsEveryCharacterOfItsAlphabetAtEveryPlace() {
        assertThat(QueueName.of(ALPHABET)).hasToString(ALPHABET);
        ALPHABET.chars()
                .mapToObj(Character::toString)
                .forEach(
                        character -> assertThat(QueueName.of(character).value()).isEqualTo(character));
    }

    @Test
    void refusesEveryOtherAsciiCharacter() {
        for (char c = 0; c < 128; c++) {
            String name = "a" + c;
            if (ALPHABET.indexOf(c) < 0) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> QueueName.of(name))
                        .withMessageContaining(String.format("U+%04X", (int) name.charAt(1)))
                        .withMessageContaining("at index 1");
            }
        }
    }

    @Test
    void hasAtMost200Characters() {
        assertThat(QueueName.of("q".repeat(200)).value()).hasSize(200);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QueueName.of("q".repeat(201)))
                .withMessage("Invalid queue name: it has 201 characters" + ALLOWED);
    }

    @Test
    void isNotEmpty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QueueName.of(""))
                .withMessage("Invalid queue name: it is empty" + ALLOWED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            a b|U+0020 at index 1
            a/b|U+002F '/' at index 1
            {a}|U+007B '{' at index 0
            ab*|U+002A '*' at index 2
            über|U+00FC 'ü' at index 0
            a😀b|U+1F600 at index 1
            שלום|U+05E9 'ש' at index 0
            a５|U+FF15 '５' at index 1
            """)
    void tellsWhichCharacterIsWrongAndWhere(String name, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QueueName.of(name))
                .withMessage("Invalid queue name: it has the character " + complaint + ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\n", "\u001b", "\u007f", "\u0085", "\u2028", "\u202e", "\ud800", "\udc00"})
    void namesWhatCannotBeSeenByItsCodeAlone(String character) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QueueName.of("orders" + character))
                .withMessage("Invalid queue name: it has the character "
                        + String.format("U+%04X", (int) character.charAt(0)) + " at index 6" + ALLOWED);
    }

    @Test
    void isCaseSensitive() {
        assertThat(QueueName.of("orders")).isEqualTo(QueueName.of("orders")).isNotEqualTo(QueueName.of("Orders"));
    }

    @Test
    void isNotNull() {
        assertThatNullPointerException().isThrownBy(() -> QueueName.of(null)).withMessage("queue name");
    }
}
