package dev.pawl.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.service.hook.HookCall;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallBodyTest {

    private static @Nullable Object body(String type, String text) {
        return body(type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Object body(String type, byte[] bytes) {
        Map<String, String> headers = type.isEmpty() ? Map.of() : Map.of("Content-Type", type);
        return CallBody.of(HookCall.of(headers, Map.of(), bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "APPLICATION/JSON",
                "application/cloudevents+json",
                "text/json",
                "",
                "application/octet-stream",
                "application/x-www-form-urlencoded"
            })
    void jsonIsReadUnderEveryTypeThatPeopleSendItWith(String type) {
        assertEquals(Map.of("a", new BigDecimal("1.50")), body(type, " {\"a\": 1.50}"));
    }

    @Test
    void aFormIsItsFieldsOrTheJsonOfItsPayload() {
        String form = "application/x-www-form-urlencoded";
        assertEquals(Map.of("a", "1 2", "b", ""), body(form, "a=1+2&b="));
        assertEquals(
                Map.of("ref", "refs/heads/main"), body(form, "payload=%7B%22ref%22%3A%22refs%2Fheads%2Fmain%22%7D"));
        assertEquals(Map.of("payload", "{}", "x", "1"), body(form, "payload=%7B%7D&x=1"));
    }

    @Test
    void whatIsNoJsonIsAText() {
        assertEquals("deploy main", body("text/plain", "deploy main"));
        assertEquals("{\"a\": 1}", body("text/plain", "{\"a\": 1}"));
        assertEquals("<a/>", body("application/xml", "<a/>"));
        assertEquals("hello", body("", "hello"));
        assertEquals("text", body("application/json", "\"text\""));
        assertEquals(7, body("application/json", "7"));
    }

    @Test
    void anEmptyBodyIsMissing() {
        assertNull(body("application/json", ""));
        assertNull(body("application/json", " \n"));
        assertNull(body("application/json", "null"));
        assertNull(body("", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1, \"a\": 2}",
                "{\"a\": {\"b\": 1, \"b\": 2}}",
                "{\"a\": 1} {\"b\": 2}",
                "{\"a\": 1",
                "hello",
                "{'a': 1}",
                "[NaN]",
                "{\"a\": \"\\ud800\"}",
                "{\"\\udc00\": 1}",
                "[1e99999]",
                "[1e-99999]"
            })
    void hostileJsonIsRefusedWithoutRepeatingIt(String text) {
        var refused = assertThrows(ProblemException.class, () -> body("application/json", text));
        assertEquals(ProblemCode.HOOK_MISMATCH, refused.code());
        assertFalse(String.valueOf(refused.getMessage()).contains("hello"), refused.getMessage());
    }

    @Test
    void depthAndLengthAreBounded() {
        assertThrows(ProblemException.class, () -> body("application/json", "[".repeat(101) + "]".repeat(101)));
        assertThrows(ProblemException.class, () -> body("application/json", "[".repeat(4 << 20)));
        assertThrows(ProblemException.class, () -> body("application/json", "[" + "9".repeat(1_001) + "]"));
        assertThrows(ProblemException.class, () -> body("application/json", "{\"" + "n".repeat(1_001) + "\": 1}"));
        body("application/json", "[".repeat(100) + "]".repeat(100));
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        assertThrows(ProblemException.class, () -> body("text/plain", new byte[] {(byte) 0xff, 'a'}));
    }

    @Test
    void aBrokenFormIsRefused() {
        String form = "application/x-www-form-urlencoded";
        assertThrows(ProblemException.class, () -> body(form, "a=%zz"));
        assertThrows(ProblemException.class, () -> body(form, "a=1&a=2"));
        assertThrows(ProblemException.class, () -> body(form, "payload=nonsense"));
    }
}
