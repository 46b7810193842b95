package io.scheduler.infrastructure.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.message.PayloadException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** What comes from the wire chooses no class, and exhausts nothing. */
class PayloadSafetyTest {

    /** Counts how often it was made: what a gadget would do something worse in. */
    static class Gadget {
        static final AtomicInteger MADE = new AtomicInteger();

        public Gadget() {
            MADE.incrementAndGet();
        }

        public void setCommand(String command) {
            MADE.incrementAndGet();
        }
    }

    record Loose(Object content, Map<String, Object> more) {}

    record Careless(
            @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object content) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({@JsonSubTypes.Type(value = Circle.class, name = "circle")})
    sealed interface Shape {}

    record Circle(int radius) implements Shape {}

    private static final MessageType<Loose> LOOSE = MessageType.of("loose", Loose.class);
    private static final MessageType<Careless> CARELESS = MessageType.of("careless", Careless.class);
    private static final MessageType<Object> ANY = MessageType.of("any", Object.class);

    private final JacksonPayloadCodec codec = new JacksonPayloadCodec();

    @Test
    void aClassNamedByTheJsonIsData() {
        String name = Gadget.class.getName();
        String object = "{\"@class\":\"" + name + "\",\"@type\":\"" + name + "\",\"command\":\"x\"}";
        String array = "[\"" + name + "\",{\"command\":\"x\"}]";

        Loose loose = decode(LOOSE, "{\"@class\":\"%s\",\"content\":%s,\"more\":{\"a\":%s}}", name, object, array);

        assertThat(loose.content()).isEqualTo(Map.of("@class", name, "@type", name, "command", "x"));
        assertThat(loose.more()).isEqualTo(Map.of("a", List.of(name, Map.of("command", "x"))));
        assertThat(decode(ANY, array)).isEqualTo(List.of(name, Map.of("command", "x")));
        assertThat(Gadget.MADE).hasValue(0);
    }

    @Test
    void anAnnotationThatTrustsClassNamesIsRefusedByTheDefaultMapper() {
        String json = "{\"content\":{\"@class\":\"" + Gadget.class.getName() + "\",\"command\":\"x\"}}";

        assertThatThrownBy(() -> decode(CARELESS, json)).isInstanceOf(PayloadException.class);
        assertThat(Gadget.MADE).hasValue(0);
    }

    @Test
    void listedSubtypesWorkByTheirNames() {
        MessageType<Shape> shape = MessageType.of("shape", Shape.class);

        assertThat(new String(codec.encode(shape, new Circle(3)), UTF_8))
                .isEqualTo("{\"@type\":\"circle\",\"radius\":3}");
        assertThat(codec.decode(shape, codec.encode(shape, new Circle(3)))).isEqualTo(new Circle(3));
    }

    @Test
    void aMapperWithDefaultTypingIsRefused() {
        JsonMapper typed = JsonMapper.builder()
                .activateDefaultTyping(
                        BasicPolymorphicTypeValidator.builder()
                                .allowIfSubType("io.scheduler.")
                                .build(),
                        DefaultTyping.NON_FINAL)
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JacksonPayloadCodec(typed))
                .withMessageContaining("default typing");
    }

    @Test
    void aMapperThatCouldNotReadWhatItWritesIsRefused() {
        JsonMapper shallow = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(10)
                                .build())
                        .build())
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JacksonPayloadCodec(shallow))
                .withMessageContaining("reads only 10");
    }

    @Test
    void nestingIsBoundedInBothDirectionsAtTheSameDepth() {
        int max = JacksonPayloadCodec.MAX_NESTING_DEPTH;

        assertThat(codec.decode(ANY, codec.encode(ANY, nested(max)))).isEqualTo(nested(max));
        assertThatThrownBy(() -> codec.encode(ANY, nested(max + 1)))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("nesting depth (201)");
        assertThatThrownBy(() -> decode(ANY, "[".repeat(max + 1) + "]".repeat(max + 1)))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("nesting depth (201)");
        assertThatThrownBy(() -> decode(ANY, "[".repeat(1_000_000))).isInstanceOf(PayloadException.class);
    }

    @Test
    void anObjectThatContainsItselfIsRefused() {
        List<Object> self = new ArrayList<>();
        self.add(List.of(self));

        assertThatThrownBy(() -> codec.encode(ANY, self)).isInstanceOf(PayloadException.class);
    }

    @Test
    void aStackThatOverflowsInThePayloadsOwnCodeIsAPayloadException() {
        Object endless = new AbstractList<>() {
            @Override
            public Object get(int index) {
                return get(index + 1);
            }

            @Override
            public int size() {
                return 1;
            }
        };

        assertThatThrownBy(() -> codec.encode(ANY, endless))
                .isInstanceOf(PayloadException.class)
                .hasMessageEndingWith("it is nested too deeply, or contains itself");
    }

    @Test
    void longTextsAndDocumentsAreBounded() {
        JacksonPayloadCodec small = new JacksonPayloadCodec(JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxDocumentLength(100)
                                .maxStringLength(50)
                                .build())
                        .build())
                .build());

        assertThat(small.decode(ANY, bytes("\"" + "x".repeat(50) + "\""))).isEqualTo("x".repeat(50));
        assertThatThrownBy(() -> small.decode(ANY, bytes("\"" + "x".repeat(51) + "\"")))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("String value length (51)");
        assertThatThrownBy(() -> small.decode(ANY, bytes("[" + "1,".repeat(50) + "1]")))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("Document length");
        assertThatThrownBy(() -> small.encode(ANY, "x".repeat(99)))
                .isInstanceOf(PayloadException.class)
                .hasMessageEndingWith("its JSON has 101 bytes, allowed are 100");
    }

    @Test
    void aPropertyNameThatCouldNotBeReadIsNotWritten() {
        MessageType<Object> map = MessageType.of("map", Object.class);
        Object readable = Map.of("x".repeat(40_000), "y".repeat(40_000));

        assertThat(codec.decode(map, codec.encode(map, readable))).isEqualTo(readable);
        assertThatThrownBy(() -> codec.encode(map, Map.of("x".repeat(70_000), 1)))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("it could not be read again: Name length");
    }

    private <T> T decode(MessageType<T> type, String json, Object... parts) {
        return codec.decode(type, bytes(json.formatted(parts)));
    }

    private static Object nested(int levels) {
        Object nested = List.of();
        for (int i = 1; i < levels; i++) {
            nested = List.of(nested);
        }
        return nested;
    }

    private static byte[] bytes(String json) {
        return json.getBytes(UTF_8);
    }
}
