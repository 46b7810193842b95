package io.scheduler.infrastructure.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scheduler.core.message.MessageType;
import io.scheduler.core.message.PayloadException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

class JacksonPayloadCodecTest {

    enum Colour {
        DARK_RED;

        @Override
        public String toString() {
            return "a dark red";
        }
    }

    record Car(String plateNumber, Optional<String> owner, Colour colour, int doorCount) {}

    record Times(Instant at, Duration lasting, LocalDate day, OffsetDateTime local) {}

    record Ping() {}

    static final class Plain {
        public int zebra = 1;
        public int apple = 2;
    }

    static final class Opaque {
        @SuppressWarnings("unused")
        private final int hidden = 1;
    }

    private static final MessageType<Car> CAR = MessageType.of("car", Car.class);
    private static final MessageType<Times> TIMES = MessageType.of("times", Times.class);
    private static final MessageType<Ping> PING = MessageType.of("ping", Ping.class);
    private static final MessageType<Integer> NUMBER = MessageType.of("number", Integer.class);

    private final JacksonPayloadCodec codec = new JacksonPayloadCodec();

    @Test
    void namesAreInSnakeCaseInTheOrderOfTheirDeclarationAndEnumsAreTheirNames() {
        Car car = new Car("B-X 1", Optional.of("Ada"), Colour.DARK_RED, 5);

        assertThat(json(CAR, car))
                .isEqualTo("{\"plate_number\":\"B-X 1\",\"owner\":\"Ada\",\"colour\":\"DARK_RED\",\"door_count\":5}");
        assertThat(codec.decode(CAR, codec.encode(CAR, car))).isEqualTo(car);
        assertThat(json(MessageType.of("plain", Plain.class), new Plain())).isEqualTo("{\"zebra\":1,\"apple\":2}");
    }

    @Test
    void whatIsAbsentIsLeftOut() {
        Car car = new Car("B-X 1", Optional.empty(), null, 5);

        assertThat(json(CAR, car)).isEqualTo("{\"plate_number\":\"B-X 1\",\"door_count\":5}");
        assertThat(codec.decode(CAR, codec.encode(CAR, car))).isEqualTo(car);
        assertThat(codec.decode(CAR, bytes("{\"owner\":null}")).owner()).isEmpty();
    }

    @Test
    void nullsInsideCollectionsStay() {
        assertThat(json(MessageType.of("list", List.class), Arrays.asList(1, null)))
                .isEqualTo("[1,null]");
    }

    @Test
    void timesAreIsoStringsAndKeepTheirPrecisionAndOffset() {
        Times times = new Times(
                Instant.parse("2026-11-23T10:15:30.123456789Z"),
                Duration.ofSeconds(90, 5),
                LocalDate.of(2026, 2, 28),
                OffsetDateTime.parse("2026-11-23T10:15:30+05:30"));

        assertThat(json(TIMES, times))
                .isEqualTo("{\"at\":\"2026-11-23T10:15:30.123456789Z\",\"lasting\":\"PT1M30.000000005S\","
                        + "\"day\":\"2026-02-28\",\"local\":\"2026-11-23T10:15:30+05:30\"}");
        assertThat(codec.decode(TIMES, codec.encode(TIMES, times))).isEqualTo(times);
    }

    @Test
    void unknownPropertiesAreIgnored() {
        assertThat(codec.decode(CAR, bytes("{\"wheels\":[4,{}],\"door_count\":3}"))
                        .doorCount())
                .isEqualTo(3);
    }

    @Test
    void anEmptyRecordIsAnEmptyObject() {
        assertThat(json(PING, new Ping())).isEqualTo("{}");
        assertThat(codec.decode(PING, bytes("{}"))).isEqualTo(new Ping());
    }

    @Test
    void aClassThatWouldLoseItsContentIsRefused() {
        assertThatThrownBy(() -> codec.encode(MessageType.of("opaque", Opaque.class), new Opaque()))
                .isInstanceOf(PayloadException.class)
                .hasMessage("The payload of type 'opaque' (" + Opaque.class.getTypeName()
                        + ") cannot be encoded: Jackson cannot handle " + Opaque.class.getTypeName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 2", "1,", "1]", "1 x", "1\u0000"})
    void nothingMayFollowTheValue(String json) {
        assertThatThrownBy(() -> codec.decode(NUMBER, bytes(json))).isInstanceOf(PayloadException.class);
    }

    @Test
    void whitespaceAroundTheValueIsFine() {
        assertThat(codec.decode(NUMBER, bytes(" \r\n\t7 \r\n\t"))).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[1", "\"", "nul", "01", "{\"a\":1,}", "{'a':1}", "/**/1", "NaN"})
    void whatIsNotJsonIsRefused(String json) {
        assertThatThrownBy(() -> codec.decode(MessageType.of("any", Object.class), bytes(json)))
                .isInstanceOf(PayloadException.class)
                .hasMessageStartingWith("The payload of type 'any' cannot be decoded into java.lang.Object: ");
    }

    @Test
    void nullIsRefusedOnTheWayIn() {
        MessageType<JsonNode> tree = MessageType.of("tree", JsonNode.class);

        assertThatThrownBy(() -> codec.encode(tree, NullNode.instance))
                .isInstanceOf(PayloadException.class)
                .hasMessageEndingWith("its JSON is null");
    }

    @ParameterizedTest
    @ValueSource(classes = {Car.class, JsonNode.class, Object.class, Integer.class, Optional.class})
    void nullIsRefusedOnTheWayOut(Class<?> payloadClass) {
        assertThatThrownBy(() -> codec.decode(MessageType.of("t", payloadClass), bytes(" null ")))
                .isInstanceOf(PayloadException.class)
                .hasMessageEndingWith("the JSON is null");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] surrogateInUtf8 = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};

        assertThatThrownBy(() -> codec.decode(MessageType.of("text", String.class), surrogateInUtf8))
                .isInstanceOf(PayloadException.class)
                .hasMessageEndingWith("it is not UTF-8, at byte 1");
    }

    @Test
    void aMapperOfTheCallersOwnIsUsed() {
        JacksonPayloadCodec camel = new JacksonPayloadCodec(JacksonPayloadCodec.mapperBuilder()
                .propertyNamingStrategy(PropertyNamingStrategies.LOWER_CAMEL_CASE)
                .build());

        assertThat(new String(camel.encode(CAR, new Car("x", Optional.empty(), null, 2)), UTF_8))
                .isEqualTo("{\"plateNumber\":\"x\",\"doorCount\":2}");
        assertThat(new JacksonPayloadCodec(new JsonMapper()).decode(NUMBER, bytes("1")))
                .isEqualTo(1);
    }

    private <T> String json(MessageType<T> type, T value) {
        return new String(codec.encode(type, value), UTF_8);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(UTF_8);
    }
}
