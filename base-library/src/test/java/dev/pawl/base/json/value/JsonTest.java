package dev.pawl.base.json.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {

    @Test
    void everyDigitStays() {
        Map<String, Object> read = Json.object("{\"a\":1.10,\"b\":12345678901234567890,\"c\":0.1234567890123456789}");
        assertEquals(new BigDecimal("1.10"), read.get("a"));
        assertEquals("{\"a\":1.10,\"b\":12345678901234567890,\"c\":0.1234567890123456789}", Json.text(read));
    }

    @Test
    void equalMapsHaveEqualSortedTexts() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("b", Map.of("d", 1));
        values.put("a", List.of(true));
        assertEquals("{\"a\":[true],\"b\":{\"d\":1}}", Json.sortedText(values));
        assertEquals("{\"b\":{\"d\":1},\"a\":[true]}", Json.text(values));
    }

    @Test
    void valuesOfEachKindAreRead() {
        assertEquals(List.of(1, "a"), Json.list("[1,\"a\"]"));
        assertEquals("a", Json.value("\"a\""));
        assertNull(Json.value("null"));
        assertEquals(Map.of("a", 1), Json.typed(" {\"a\":1} "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":2}", "[1] [2]", "{", "a"})
    void typedTextLosesNothingInSilence(String text) {
        assertThrows(IllegalArgumentException.class, () -> Json.typed(text));
    }

    @Test
    void errorsNameTheKind() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Json.object("[]"))
                .getMessage()
                .startsWith("This is no JSON object: "));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Json.list("{}"))
                .getMessage()
                .startsWith("This is no JSON list: "));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Json.text(new Object()))
                .getMessage()
                .startsWith("This is no JSON value: "));
    }
}
