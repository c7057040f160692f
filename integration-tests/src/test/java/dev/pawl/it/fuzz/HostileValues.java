package dev.pawl.it.fuzz;

import java.util.List;
import java.util.Random;

/** Values that programs often mishandle: texts, numbers and whole JSON values at and beyond the limits. */
final class HostileValues {

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "\u0000",
            "a\u0001b\u001bc\u007f",
            "\uD800",
            "\uDC00x",
            "\uD83D\uDE00",
            "\u202Eabc\u200F",
            "\uFFFE\uFFFF",
            "e\u0301",
            "null",
            "true",
            "NaN",
            "-Infinity",
            "[Group] Show 01.mkv",
            "{\"a\": 1}",
            "../../etc/passwd",
            "/etc/passwd",
            "..",
            "%",
            "%00",
            "a/b",
            "a?b#c",
            "'; DROP TABLE jobs; --",
            "<script>alert(1)</script>",
            "${jndi:ldap://127.0.0.1/x}",
            "1e999999999",
            "2026-02-30T25:61:61Z",
            "2026-01-01 10:00:00.392000+00:00",
            "+999999999-12-31T23:59:59Z",
            "PT9999999999999999H",
            "99999999999999999999d",
            "-1s",
            "00000000-0000-0000-0000-000000000000");

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-0.0",
            "1",
            "-1",
            "0.1",
            "1e-400",
            "1e400",
            "-1e400",
            "1e999999999",
            "1e-999999999",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "2147483648",
            "3.141592653589793238462643383279",
            "123456789012345678901234567890",
            "100.0000001",
            "194",
            "NaN",
            "01",
            "1.",
            "+1");

    private static final int LONGEST = 20_000;
    private static final int DEEPEST = 300;

    private HostileValues() {}

    static String text(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> "x".repeat(random.nextInt(LONGEST));
            case 1 -> "\uD83D\uDE00".repeat(random.nextInt(300));
            case 2 -> noise(random);
            default -> TEXTS.get(random.nextInt(TEXTS.size()));
        };
    }

    /** A number as written in JSON or in an address. */
    static String number(Random random) {
        return random.nextInt(10) == 0
                ? "9".repeat(1 + random.nextInt(1_200))
                : NUMBERS.get(random.nextInt(NUMBERS.size()));
    }

    /** A JSON value, or nearly one. */
    static String json(Random random) {
        return switch (random.nextInt(14)) {
            case 0, 1 -> number(random);
            case 2, 3, 4 -> quoted(text(random), random);
            case 5 -> "null";
            case 6 -> String.valueOf(random.nextBoolean());
            case 7 -> "[]";
            case 8 -> "{}";
            case 9 -> "[" + json(random) + "," + json(random) + "]";
            case 10 -> "{" + quoted(text(random), random) + ":" + json(random) + "}";
            case 11 -> "{\"a\":1,\"a\":" + json(random) + "}";
            case 12 -> nested(1 + random.nextInt(DEEPEST), random.nextBoolean());
            default -> "{\"a\":" + number(random) + ",\"b\":[" + number(random) + "," + json(random) + "]}";
        };
    }

    /** A text as JSON: sometimes escaped, sometimes with raw control characters. */
    static String quoted(String text, Random random) {
        boolean escapes = random.nextInt(4) != 0;
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (one == '"' || one == '\\') {
                quoted.append('\\').append(one);
            } else if (escapes && (one < ' ' || Character.isSurrogate(one) || one > 0xFFF0)) {
                quoted.append(String.format("\\u%04x", (int) one));
            } else {
                quoted.append(one);
            }
        }
        return quoted.append('"').toString();
    }

    private static String nested(int depth, boolean lists) {
        return lists ? "[".repeat(depth) + "]".repeat(depth) : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    private static String noise(Random random) {
        StringBuilder noise = new StringBuilder();
        for (int n = random.nextInt(40); n > 0; n--) {
            noise.append((char) random.nextInt(0x10000));
        }
        return noise.toString();
    }
}
