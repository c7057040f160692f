package dev.pawl.http.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.http.json.JsonText;
import dev.pawl.http.json.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AnswerShapeTest {

    private static final AnswerShape<String> INNER = AnswerShape.<String>of("Inner", "A part.")
            .field("text", AnswerKinds.TEXT, text -> text, "The text.")
            .field("length", AnswerKinds.INTEGER, String::length, "Its length.");

    private static final AnswerShape<Optional<String>> OUTER = AnswerShape.<Optional<String>>of("Outer", "A whole.")
            .field("there", AnswerKinds.FLAG, Optional::isPresent, "Whether there is a text.")
            .nullable("inner", INNER, text -> text.orElse(null), "The part.")
            .optional("word", AnswerKinds.word("a", "b"), text -> text.orElse(null), "A word.")
            .field("list", AnswerKinds.listOf(INNER), text -> text.stream().toList(), "A list.")
            .allOrNone(INNER, text -> text.orElse(null));

    private static String written(Optional<String> value) {
        return JsonText.text(json -> OUTER.write(json, value));
    }

    @Test
    void fieldsAreWrittenInTheirOrder() {
        String inner = "{\"text\":\"a\",\"length\":1}";
        assertEquals(
                "{\"there\":true,\"inner\":" + inner + ",\"word\":\"a\",\"list\":[" + inner
                        + "],\"text\":\"a\",\"length\":1}",
                written(Optional.of("a")));
    }

    @Test
    void aNullableFieldIsNullWhereAnOptionalOneIsAbsent() {
        assertEquals("{\"there\":false,\"inner\":null,\"list\":[]}", written(Optional.empty()));
    }

    @Test
    void theSchemaSaysWhatIsWritten() {
        Map<?, ?> schema =
                (Map<?, ?>) JsonTree.read(JsonText.text(OUTER::writeDefinition).getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of("there", "inner", "list"), schema.get("required"));
        Map<?, ?> properties = (Map<?, ?>) schema.get("properties");
        assertEquals(List.of("there", "inner", "word", "list", "text", "length"), List.copyOf(properties.keySet()));
        Map<String, String> reference = Map.of("$ref", "#/components/schemas/Inner");
        assertEquals(
                Map.of("description", "The part.", "anyOf", List.of(reference, Map.of("type", "null"))),
                properties.get("inner"));
        assertEquals(
                Map.of("description", "A word.", "type", "string", "enum", List.of("a", "b")), properties.get("word"));
        assertEquals(Map.of("description", "A list.", "type", "array", "items", reference), properties.get("list"));
    }
}
