package dev.pawl.scheduler.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.Secret;
import dev.pawl.base.json.value.Json;
import dev.pawl.service.catalog.Field;
import dev.pawl.service.catalog.FieldType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordSchemaTest {

    enum Colour {
        RED,
        DARK_BLUE
    }

    record Pair(@Required String source, String targetDir) {}

    record Everything(
            @Required @Description("Whom to greet.") @Bounds(min = 1, max = 5)
            String name,

            @Default("3") @Bounds(min = 1, max = 10) int count,
            @Default("0.5") double ratio,
            boolean dryRun,
            Colour colour,
            @Secret String apiKey,
            List<Pair> copy,
            Map<String, Integer> limits,
            Duration maxWait,
            Object anything) {}

    private final ValueSchema schema = RecordSchema.of(Everything.class);

    private Map<String, Object> convert(Map<String, ?> given) {
        return schema.convert(given, "an input of all");
    }

    private String refusal(Map<String, ?> given) {
        return String.valueOf(
                assertThrows(InvalidValueException.class, () -> convert(given)).getMessage());
    }

    @Test
    void componentsBecomeFieldsWithSnakeCaseNames() {
        List<Field> fields = schema.schema().fields();
        assertEquals(
                List.of(
                        "name",
                        "count",
                        "ratio",
                        "dry_run",
                        "colour",
                        "api_key",
                        "copy",
                        "limits",
                        "max_wait",
                        "anything"),
                fields.stream().map(Field::id).toList());
        assertEquals(
                List.of(
                        FieldType.TEXT,
                        FieldType.INTEGER,
                        FieldType.NUMBER,
                        FieldType.BOOLEAN,
                        FieldType.TEXT,
                        FieldType.SECRET,
                        FieldType.JSON,
                        FieldType.JSON,
                        FieldType.TEXT,
                        FieldType.JSON),
                fields.stream().map(Field::type).toList());
        assertEquals(
                new Field("name", FieldType.TEXT, true, null, "Whom to greet.", BigDecimal.ONE, BigDecimal.valueOf(5)),
                fields.get(0));
        assertEquals(
                new Field("count", FieldType.INTEGER, false, 3, "", BigDecimal.ONE, BigDecimal.TEN), fields.get(1));
    }

    @ParameterizedTest
    @CsvSource({
        "delayMs,delay_ms",
        "baseURL,base_url",
        "URLPath,url_path",
        "x,x",
        "a1B,a1_b",
        "already_snake,already_snake"
    })
    void namesBecomeSnakeCase(String name, String snake) {
        assertEquals(snake, SnakeCase.of(name));
    }

    /** A record whose annotation is where compilers without support for record components put it. */
    record Login(String password) {
        Login(@Secret @Required String password) {
            this.password = password;
        }
    }

    @Test
    void annotationsOnTheParametersOfTheConstructorCountToo() {
        Field password = RecordSchema.of(Login.class).schema().fields().get(0);
        assertEquals(FieldType.SECRET, password.type());
        assertTrue(password.required());
    }

    @Test
    void textFromACommandLineBecomesWhatTheModuleDeclares() {
        Map<String, Object> values = convert(schema.fromTexts(Map.of(
                "name", "Ada",
                "count", "7",
                "ratio", "1e-1",
                "dryRun", "TRUE",
                "colour", "dark_blue",
                "copy", "[{\"source\":\"a\",\"targetDir\":\"b\"}]",
                "limits", "{\"x\":\"2\"}")));
        assertEquals(7, values.get("count"));
        assertEquals(new BigDecimal("0.1"), values.get("ratio"));
        assertEquals(true, values.get("dry_run"));
        assertEquals("DARK_BLUE", values.get("colour"));
        assertEquals(List.of(Map.of("source", "a", "target_dir", "b")), values.get("copy"));
        assertEquals(Map.of("x", 2), values.get("limits"));
    }

    @Test
    void theValuesBecomeTheRecord() {
        Map<String, Object> values = convert(Map.of(
                "name", "Ada", "max_wait", "90s", "copy", List.of(Map.of("source", "a")), "anything", List.of(1)));
        Everything record = new ModuleMapper().record(values, Everything.class);
        assertEquals(3, record.count());
        assertEquals(0.5, record.ratio());
        assertEquals(Duration.ofSeconds(90), record.maxWait());
        assertEquals(List.of(new Pair("a", null)), record.copy());
        assertEquals(List.of(1), record.anything());
    }

    @Test
    void aRefusalNamesTheFieldTheValueAndWhatIsAccepted() {
        assertEquals("name is missing; it takes a text from 1 to 5 characters.", refusal(Map.of()));
        assertEquals(
                "name is missing; it takes a text from 1 to 5 characters. \"nam\" is given, and is not an input of all.",
                refusal(Map.of("nam", "A")));
        assertEquals(
                "count is \"many\"; it takes an integer of 32 bits from 1 to 10.",
                refusal(Map.of("name", "A", "count", "many")));
        assertEquals(
                "count is 11; it takes an integer of 32 bits from 1 to 10.", refusal(Map.of("name", "A", "count", 11)));
        assertEquals(
                "colour is \"green\"; it takes one of RED, DARK_BLUE.",
                refusal(Map.of("name", "A", "colour", "green")));
        assertEquals(
                "copy[0].source is missing; it takes a text.", refusal(Map.of("name", "A", "copy", List.of(Map.of()))));
        assertTrue(
                refusal(Map.of("name", "A", "colr", 1)).startsWith("\"colr\" is not an input of all; there are name"));
        assertTrue(refusal(Map.of("name", 3)).startsWith("name is 3;"));
        assertTrue(refusal(Map.of("name", "A", "dry_run", true, "dryRun", true)).contains("given twice"));
        assertTrue(refusal(Map.of("name", "A", "count", "1e999999999")).startsWith("count is"));
    }

    @Test
    void aSecretIsNotShownWhenItIsRefused() {
        String refusal = refusal(Map.of("name", "A", "api_key", List.of("hush-hush")));
        assertFalse(refusal.contains("hush"), refusal);
    }

    @Test
    void theJsonSchemaSaysTheSame() {
        Map<String, Object> json = Json.object(schema.schema().json());
        assertEquals("https://json-schema.org/draft/2020-12/schema", json.get("$schema"));
        assertEquals(List.of("name"), json.get("required"));
        Map<?, ?> properties = (Map<?, ?>) json.get("properties");
        assertEquals(Map.of("type", "integer", "minimum", 1, "maximum", 10, "default", 3), properties.get("count"));
        assertEquals(Map.of("type", "string", "format", "password", "writeOnly", true), properties.get("api_key"));
        assertEquals(Map.of("type", "string", "enum", List.of("RED", "DARK_BLUE")), properties.get("colour"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"email": "bad"}             | email is "bad"; it takes a text that matches ^.+@.+$.
                    {"age": -1}                  | age is -1; it takes an integer from 0.
                    {"age": "x"}                 | age is "x"; it takes an integer from 0.
                    {"tags": []}                 | tags is []; it takes a list of at least 1 entries.
                    {"tags": ["a","b","c"]}      | tags is ["a","b","c"]; it takes a list of at most 2 entries.
                    {"level": 3}                 | level is 3; it takes one of 1, 2.
                    {"part": {"step": 7}}        | part.step is 7; it takes a multiple of 5.
                    {"parts": [{"over": 1}]}     | parts[0].over is 1; it takes a number above 1.
                    {"when": "now"}              | when is "now"; it takes a time such as 2026-01-01T00:00:00Z.
                    {"pin": "abcd"}              | pin has a value that is not accepted; it takes a text that matches ^\\d+$.
                    """)
    void whatASchemaFileAsksIsChecked(String given, String refusal) {
        ValueSchema own = SchemaFile.read("""
                {"type": "object", "properties": {
                  "email": {"type": "string", "pattern": "^.+@.+$"},
                  "age": {"type": ["integer", "null"], "minimum": 0},
                  "tags": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 2},
                  "level": {"enum": [1, 2]},
                  "part": {"type": "object", "properties": {"step": {"type": "integer", "multipleOf": 5}}},
                  "parts": {"type": "array", "items": {"type": "object", "properties": {
                    "over": {"type": "number", "exclusiveMinimum": 1}}}},
                  "when": {"type": "string", "format": "date-time"},
                  "pin": {"type": "string", "format": "password", "pattern": "^\\\\d+$"}}}""");
        assertEquals(
                refusal,
                assertThrows(InvalidValueException.class, () -> own.convert(Json.object(given), "an input"))
                        .getMessage());
        assertThrows(InvalidValueException.class, () -> own.convertSome(Json.object(given), "an input"));
        own.convert(
                Json.object("{\"email\":\"a@b\",\"age\":0,\"tags\":[\"a\"],\"level\":2.0,\"part\":{\"step\":10},"
                        + "\"parts\":[{\"over\":1.5}],\"when\":\"2026-01-01T00:00:00+01:00\",\"pin\":\"12\"}"),
                "an input");
    }

    @Test
    void valuesKeepTheOrderInWhichTheyWereGiven() {
        Map<String, Object> given =
                Json.object("{\"dryRun\": true, \"limits\": {\"b\": 1, \"a\": 2}, \"name\": \"A\"}");

        Map<String, Object> converted = convert(given);

        assertEquals(List.of("dry_run", "limits", "name", "count", "ratio"), List.copyOf(converted.keySet()));
        assertEquals("{b=1, a=2}", String.valueOf(converted.get("limits")));
    }

    @Test
    void aSchemaFileWithABrokenPatternIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> SchemaFile.read(
                        "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\", \"pattern\": \"(\"}}}"));
    }

    @Test
    void aSchemaFileSaysTheSameAsARecord() {
        ValueSchema fromFile = SchemaFile.read(schema.schema().json());
        assertEquals(schema.schema().fields(), fromFile.schema().fields());
        assertEquals(
                "count is 0; it takes an integer from 1 to 10.",
                assertThrows(
                                InvalidValueException.class,
                                () -> fromFile.convert(Map.of("name", "A", "count", 0), "an input"))
                        .getMessage());
    }
}
