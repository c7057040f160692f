package dev.pawl.scheduler.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.base.json.value.Json;
import dev.pawl.service.catalog.Field;
import dev.pawl.service.data.JsonLimits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactValuesTest {

    record Amounts(
            BigDecimal amount,
            BigInteger whole,
            double rough,
            float small,
            @Bounds(max = 9_007_199_254_740_993L) long bounded,
            Object anything,
            Map<String, Object> payload,
            List<Object> items,
            @Default("[1, 2]") List<Integer> some) {}

    private static final int MOST = 1 << 20;

    private final ValueSchema schema = RecordSchema.of(Amounts.class);
    private final ModuleMapper mapper = new ModuleMapper();

    private Object converted(String name, Object value) {
        return schema.convert(Map.of(name, value), "an input").get(name);
    }

    private String refusal(String name, Object value) {
        return String.valueOf(assertThrows(InvalidValueException.class, () -> converted(name, value))
                .getMessage());
    }

    @Test
    void aDecimalKeepsEveryDigitUntilTheModuleReadsIt() {
        BigDecimal exact = new BigDecimal("12345678901234567.89");
        Map<String, Object> values = schema.convert(Map.of("amount", exact), "an input");
        assertEquals(exact, mapper.record(values, Amounts.class).amount());
        assertEquals(new BigDecimal("1.50"), converted("amount", "1.50"));
    }

    @Test
    void numbersInFreeJsonKeepEveryDigitToo() {
        String text = "{\"a\":[12345678901234567890.123456789,{\"b\":1.50}],\"c\":123456789012345678901234567890}";
        Object value = Json.object(text);
        assertEquals(text, Json.text(converted("anything", value)));
        Map<String, Object> values = schema.convert(Map.of("payload", value), "an input");
        assertEquals(
                text, mapper.object("It", mapper.record(values, Amounts.class).payload(), MOST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-30000000", "1e-500000000", "1e500000000", "-1e2147483647", "0e-30000000", "1e1001"})
    void aNumberWhoseDigitsWouldFillTheMemoryIsRefusedAtOnce(String text) {
        for (String name : List.of("amount", "whole", "rough", "small", "bounded")) {
            assertTrue(refusal(name, text).startsWith(name + " is \"" + text), text);
            assertTrue(refusal(name, new BigDecimal(text)).startsWith(name + " is "), text);
        }
        assertTrue(refusal("anything", new BigDecimal(text)).startsWith("anything is "), text);
        assertTrue(
                refusal("payload", Map.of("x", List.of(new BigDecimal(text)))).startsWith("payload.x[0] is "), text);
    }

    @Test
    void aNumberThatItsTypeCannotHoldIsRefused() {
        assertTrue(refusal("rough", new BigDecimal("1e400")).startsWith("rough is 1E+400"));
        assertTrue(refusal("small", new BigDecimal("1e39")).startsWith("small is 1E+39"));
        assertEquals(new BigDecimal("1e400"), converted("anything", new BigDecimal("1e400")));
    }

    @Test
    void aBoundBeyondTheDoublesIsStillHeldToTheLastDigit() {
        assertEquals(
                "bounded is 9007199254740994; it takes an integer up to 9007199254740993.",
                refusal("bounded", 9_007_199_254_740_994L));
        assertEquals(9_007_199_254_740_993L, converted("bounded", 9_007_199_254_740_993L));
    }

    record Decimals(
            @Bounds(decimalMin = "0.1", decimalMax = "0.30") BigDecimal ratio,
            @Bounds(min = -3, decimalMax = "1e30") BigInteger huge,
            @Bounds(max = Long.MAX_VALUE - 1) long almost) {}

    @Test
    void theSchemaSaysTheExactBounds() {
        ValueSchema decimals = RecordSchema.of(Decimals.class);
        String json = decimals.schema().json();
        assertTrue(json.contains("\"minimum\":0.1,\"maximum\":0.3}"), json);
        assertTrue(json.contains("\"minimum\":-3,\"maximum\":1000000000000000000000000000000}"), json);
        assertTrue(json.contains("\"maximum\":9223372036854775806}"), json);
        assertEquals(
                List.of(
                        new BigDecimal("0.3"),
                        new BigDecimal("1e30").setScale(0),
                        BigDecimal.valueOf(Long.MAX_VALUE - 1)),
                decimals.schema().fields().stream().map(Field::max).toList());
        assertEquals(
                "ratio is 0.3000000000000000001; it takes a number from 0.1 to 0.3.",
                assertThrows(
                                InvalidValueException.class,
                                () -> decimals.convert(
                                        Map.of("ratio", new BigDecimal("0.3000000000000000001")), "an input"))
                        .getMessage());
    }

    record Twice(@Bounds(min = 1, decimalMin = "1.5") double twice) {}

    record Word(@Bounds(decimalMax = "much") double word) {}

    @Test
    void aBoundThatMakesNoSenseIsRefusedAndNamed() {
        assertEquals(
                Twice.class.getName() + ".twice: @Bounds has min twice, as 1 and as \"1.5\"; give one of them.",
                assertThrows(IllegalArgumentException.class, () -> RecordSchema.of(Twice.class))
                        .getMessage());
        assertEquals(
                Word.class.getName() + ".word: @Bounds has \"much\" for max; it takes a number.",
                assertThrows(IllegalArgumentException.class, () -> RecordSchema.of(Word.class))
                        .getMessage());
    }

    @Test
    void aTextThatLooksLikeJsonStaysAText() {
        for (String text : List.of("[draft] hello", "[1,2]", "{\"a\":1}", "[Group] Show 01.mkv", "{", "null")) {
            assertEquals(text, converted("anything", text));
            assertEquals(Map.of("note", text), converted("payload", Map.of("note", text)));
            assertEquals(List.of(text), converted("items", List.of(text)));
        }
        assertTrue(refusal("payload", "{\"a\":1}").startsWith("payload is \"{"));
    }

    @Test
    void nullStaysNullAtEveryDepthOfFreeJson() {
        Map<String, @Nullable Object> inner = new LinkedHashMap<>();
        inner.put("note", null);
        List<@Nullable Object> list = new ArrayList<>();
        list.add(null);
        list.add(inner);
        assertEquals(inner, converted("payload", inner));
        assertEquals(list, converted("items", list));
        assertEquals(Map.of("deep", list), converted("anything", Map.of("deep", list)));
        assertNull(mapper.record(schema.convert(Map.of("payload", inner), "an input"), Amounts.class)
                .payload()
                .get("note"));
    }

    @Test
    void textsOfPeopleAreJsonWhereAListOrAnObjectIsTaken() {
        Map<String, Object> values =
                schema.fromTexts(Map.of("payload", "{\"a\":1.50}", "items", "[1]", "anything", "plain"));
        assertEquals(Map.of("a", new BigDecimal("1.50")), values.get("payload"));
        assertEquals(List.of(1), values.get("items"));
        assertEquals("plain", values.get("anything"));
        assertEquals(List.of(1, 2), schema.withDefaults(Map.of()).get("some"));
    }

    @Test
    void aNameThatIsTypedTwiceInOneObjectIsRefused() {
        assertThrows(InvalidValueException.class, () -> schema.fromTexts(Map.of("payload", "{\"a\":1,\"a\":2}")));
    }

    @Test
    void aCheckpointIsReadBackWithEveryDigit() {
        BigDecimal sum = new BigDecimal("12345678901234567890.123456789");
        Map<String, Object> saved = mapper.copy("The checkpoint", Map.of("sum", sum, "ratio", 0.1), MOST);
        assertEquals(sum, mapper.likeOther(saved.get("sum"), BigDecimal.ZERO));
        assertEquals(0.1, mapper.likeOther(saved.get("ratio"), 0.0));
    }

    @Test
    void aModulesValueBeyondALimitIsRefusedAndNamed() {
        Map<String, Object> deep = Map.of();
        for (int i = 0; i < 1_000; i++) {
            deep = Map.of("a", deep);
        }
        assertRefused(deep, "nests deeper than 100 levels");
        Map<String, Object> itself = new LinkedHashMap<>();
        itself.put("me", itself);
        assertRefused(itself, "me: a java.util.LinkedHashMap holds itself");
        assertRefused(Map.of("half", List.of("\ud83d")), "half[0]");
        assertRefused(Map.of("\ude00", 1), "surrogate");
        assertRefused(Map.of("n", BigInteger.TEN.pow(1_001)), "number");
        assertRefused(Map.of("n", new BigDecimal("1e-500000000")), "number at n");
        assertRefused(Map.of("x".repeat(50_001), 1), "name of over 1000 characters");
        assertRefused(Map.of("rows", List.of(1, Map.of("owner", new Object()))), "rows[1].owner: a java.lang.Object");
    }

    private void assertRefused(Map<String, ?> value, String words) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> mapper.object("The result", value, MOST))
                        .getMessage());
        assertTrue(message.startsWith("The result ") && message.contains(words), message);
    }

    @Test
    void whateverIsTakenComesBackAsItWas() {
        for (int seed = 0; seed < 300; seed++) {
            Map<String, Object> value = Map.of("v", any(new Random(seed), 6));
            String text = Json.text(value);
            assertEquals(text, Json.text(Json.object(text)), "seed " + seed);
            assertEquals(text, Json.text(mapper.copy("It", Json.object(text), MOST)), "seed " + seed);
            assertEquals(
                    Json.object(text),
                    schema.convert(Map.of("payload", Json.object(text)), "x").get("payload"));
        }
    }

    private static Object any(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> random.nextLong();
            case 1 -> new BigDecimal(new BigInteger(random.nextInt(1, 1_600), random), random.nextInt(-300, 400));
            case 2 -> random.nextBoolean();
            case 3 -> new BigInteger(random.nextInt(1, 3_000), random);
            case 4 ->
                List.of("[1]", "{\"a\":null}", "1e9", "\u0000 \ud83d\ude00", "").get(random.nextInt(5));
            case 5 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(any(random, depth - 1));
                }
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put("k" + i, any(random, depth - 1));
                }
                yield map;
            }
        };
    }

    @Test
    void aNumbersSizeIsJudgedWithoutSpellingItOut() {
        assertTrue(JsonLimits.fits(BigDecimal.TEN.pow(JsonLimits.MOST_DIGITS - 1)));
        assertEquals(null, JsonLimits.number("1".repeat(JsonLimits.MOST_DIGITS + 1)));
        assertEquals(new BigDecimal("-12.50"), JsonLimits.number("-12.50"));
    }
}
