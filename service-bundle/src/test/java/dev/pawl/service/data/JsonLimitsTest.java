package dev.pawl.service.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonLimitsTest {

    private static void assertTakes(String json, Object value) {
        assertEquals(json.getBytes(StandardCharsets.UTF_8).length, JsonLimits.bytes(value), json);
    }

    @Test
    void theBytesOfAValueAreThoseOfItsJson() {
        assertTakes("{}", Map.of());
        assertTakes("[]", List.of());
        assertTakes("null", null);
        assertTakes("{\"a\":[1,true,null],\"b\":{}}", Map.of("a", Arrays.asList(1, true, null), "b", Map.of()));
        assertTakes("12345678901234567.89", new BigDecimal("12345678901234567.89"));
        assertTakes("\"\\\"\\\\\\n\\t\\u0001\\u001F/\"", "\"\\\n\t\u0001\u001F/");
        assertTakes("\"žž€😀\"", "žž€😀");
    }
}
