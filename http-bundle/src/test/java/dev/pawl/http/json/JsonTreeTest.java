package dev.pawl.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonTreeTest {

    @Test
    void valuesKeepTheirKind() {
        Map<String, Object> expected = new HashMap<>();
        expected.put("text", "ü\n");
        expected.put("whole", 7);
        expected.put("long", 5_000_000_000L);
        expected.put("number", new BigDecimal("0.5"));
        expected.put("flag", true);
        expected.put("nothing", null);
        expected.put("list", Arrays.asList(1, null, List.of()));
        assertEquals(
                expected,
                read("{\"text\":\"ü\\n\",\"whole\":7,\"long\":5000000000,\"number\":0.5,\"flag\":true,\"nothing\":null,"
                        + "\"list\":[1,null,[]]}"));
    }

    @Test
    void whatIsReadIsWrittenTheSame() {
        String text = "{\"a\":[1,2.5,\"x\",true,null,{\"b\":12345678901234567890}]}";
        assertEquals(text, JsonText.text(json -> JsonText.value(json, read(text))));
    }

    @Test
    void numbersThatJsonHasNoWordForAreNull() {
        assertEquals("[null,null]", JsonText.text(json -> JsonText.value(json, List.of(Double.NaN, 1.0f / 0))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a":1             | The body is not valid JSON
                    {'a':1}            | The body is not valid JSON
                    {"a":1} x          | The body is not valid JSON
                    {"a":1} {}         | continues after the end of its JSON value (line 1, column
                    {"a":{"b":1,"b":2}}| a.b is given twice (line 1, column
                    [01]               | The body is not valid JSON
                    nul                | The body is not valid JSON
                    {"key": hunter2}   | The body is not valid JSON: Unrecognized token: was expecting
                    """)
    void whatIsNoJsonIsRefusedWithItsPlace(String text, String detail) {
        String told = refused(text.getBytes(StandardCharsets.UTF_8));
        assertTrue(told.contains(detail), told);
        assertFalse(told.contains("hunter2"), told);
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        assertTrue(refused(new byte[] {'"', (byte) 0xC3, '(', '"'}).contains("not valid JSON"));
    }

    @Test
    void halfOfASurrogatePairIsRefusedSinceItWouldComeBackAsAnotherText() {
        assertTrue(refused("{\"a\":{\"b\":\"x\\ud800\"}}".getBytes(StandardCharsets.UTF_8))
                .startsWith("a.b contains an unpaired surrogate"));
        assertTrue(refused("\"\\udc00\\ud800\"".getBytes(StandardCharsets.UTF_8))
                .startsWith("The body contains an unpaired surrogate"));
        assertEquals("😀", read("\"\\ud83d\\ude00\""));
    }

    @Test
    void theParserDoesNotSpeakOfItself() {
        for (String text : List.of("{", "[NaN]")) {
            String told = refused(text.getBytes(StandardCharsets.UTF_8));
            assertTrue(told.contains("(line 1, column") && !told.contains("Feature"), told);
        }
    }

    @Test
    void tooDeepIsRefused() {
        assertTrue(refused("[".repeat(101).getBytes(StandardCharsets.UTF_8)).contains("deeper than 100"));
        read("[".repeat(100) + "]".repeat(100));
    }

    private static Object read(String text) {
        return JsonTree.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String refused(byte[] text) {
        ProblemException problem = assertThrows(ProblemException.class, () -> JsonTree.read(text));
        assertEquals(ProblemCode.MALFORMED, problem.code());
        return problem.getMessage();
    }
}
