package dev.pawl.scheduler.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.base.json.value.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A module's own JSON Schema: the keywords that are obeyed, and the refusal of all others. */
final class SchemaFileTest {

    private static String refusal(String schema) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> SchemaFile.read(schema))
                .getMessage());
    }

    /** A schema with one property, such as {@code "type": "string"}. */
    private static String property(String words) {
        return "{\"type\": \"object\", \"properties\": {\"a\": {" + words + "}}}";
    }

    private static String wrong(ValueSchema schema, String given) {
        return String.valueOf(
                assertThrows(InvalidValueException.class, () -> schema.convert(Json.object(given), "an input"))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            $ref                  | "#/$defs/name"
            $dynamicRef           | "#name"
            $recursiveRef         | "#"
            allOf                 | [{"minLength": 1}]
            anyOf                 | [{"type": "string"}, {"type": "integer"}]
            oneOf                 | [{"type": "string"}]
            not                   | {"type": "string"}
            if                    | {"type": "string"}
            then                  | {"minLength": 1}
            else                  | {"minLength": 1}
            dependentSchemas      | {"b": {}}
            dependentRequired     | {"b": ["c"]}
            dependencies          | {"b": ["c"]}
            prefixItems           | [{"type": "string"}]
            additionalItems       | {"type": "string"}
            unevaluatedItems      | false
            contains              | {"type": "string"}
            minContains           | 1
            maxContains           | 1
            patternProperties     | {"^x": {"type": "string"}}
            propertyNames         | {"pattern": "^x"}
            unevaluatedProperties | false
            minProperties         | 1
            maxProperties         | 2
            divisibleBy           | 2
            disallow              | "string"
            extends               | {}
            """)
    void aKeywordThatIsNotObeyedIsRefusedWithItsPlace(String keyword, String value) {
        String words = "\"" + keyword + "\": " + value;
        String why = " is not obeyed here; docs/writing-a-module.md lists those that are.";

        assertEquals(
                "the keyword " + keyword + " at /" + keyword + why, refusal("{\"type\": \"object\", " + words + "}"));
        assertEquals("the keyword " + keyword + " at /properties/a/" + keyword + why, refusal(property(words)));
        assertEquals(
                "the keyword " + keyword + " at /properties/a/items/additionalProperties/properties/x~1y/" + keyword
                        + why,
                refusal(property("\"type\": \"array\", \"items\": {\"type\": \"object\", \"additionalProperties\": "
                        + "{\"type\": \"object\", \"properties\": {\"x/y\": {" + words + "}}}}")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "type": "date"                         | type is "date"; it has to be one of array, boolean, integer, number, object and string, alone or in a list with null
            "type": ["string", "integer"]          | type is ["string","integer"]; it has to be one of array, boolean, integer, number, object and string, alone or in a list with null
            "type": "null"                         | type is "null"; it has to be one of array, boolean, integer, number, object and string, alone or in a list with null
            "type": "object", "properties": []     | properties is []; it has to be an object
            "required": true, "type": "object"     | required is true; it has to be a list of names
            "required": ["x"], "type": "object"    | required names x, which properties beside it does not list
            "enum": []                             | enum is []; it has to be a list of values
            "minimum": "1"                         | minimum is "1"; it has to be a number
            "exclusiveMinimum": true               | exclusiveMinimum is true; it has to be a number
            "multipleOf": 0                        | multipleOf is 0; it has to be a number above 0
            "minLength": -1                        | minLength is -1; it has to be a whole number from 0 on
            "maxItems": 1.5                        | maxItems is 1.5; it has to be a whole number from 0 on
            "pattern": "("                         | pattern is "("; it has to be a regular expression as Java has them
            "uniqueItems": 1                       | uniqueItems is 1; it has to be true or false
            "items": {"type": "string"}            | items is obeyed only with "type": "array" beside it
            "properties": {}                       | properties is obeyed only with "type": "object" beside it
            """)
    void aKeywordWithoutWhatItNeedsIsRefused(String words, String refusal) {
        String word = refusal.substring(0, refusal.indexOf(' '));

        assertEquals("the keyword " + word + " at /properties/a/" + refusal + ".", refusal(property(words)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "[{\"type\": \"string\"}]", "null"})
    void aSchemaThatIsNoneIsRefused(String schema) {
        String shown = schema.replace(" ", "");
        assertEquals(
                "the schema at /properties/a/items is " + shown + "; it has to be an object or true.",
                refusal(property("\"type\": \"array\", \"items\": " + schema)));
        assertEquals(
                "the schema at /properties/b is " + shown + "; it has to be an object or true.",
                refusal("{\"type\": \"object\", \"properties\": {\"b\": " + schema + "}}"));
    }

    @Test
    void moreNamesThanThoseListedAreNotPromised() {
        String why = " can only be false: names that properties beside it do not list are refused.";

        assertEquals(
                "the keyword additionalProperties at /additionalProperties" + why,
                refusal("{\"type\": \"object\", \"additionalProperties\": {\"type\": \"string\"}}"));
        assertEquals(
                "the keyword additionalProperties at /properties/a/additionalProperties" + why,
                refusal(property("\"type\": \"object\", \"properties\": {}, \"additionalProperties\": true")));
    }

    @Test
    void annotationsAndUnknownWordsConstrainNothingAndStay() {
        ValueSchema schema = SchemaFile.read("""
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:x", "$comment": "c", "title": "t",
                 "$defs": {"d": {"anyOf": []}}, "type": "object", "additionalProperties": false, "properties": {
                  "a": {"type": "string", "title": "t", "description": "d", "examples": ["("], "default": "x", "deprecated": true,
                    "readOnly": false, "writeOnly": true, "format": "email", "contentMediaType": "text/plain", "x-order": 1,
                    "ui:widget": "area", "nullable": true},
                  "anyOf": {"type": "integer"}, "b": true, "c": {}}}""");

        assertEquals(
                Map.of("a", "y", "anyOf", 1, "b", true, "c", 2),
                schema.convert(Map.of("a", "y", "anyOf", 1, "b", true, "c", 2), "an input"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ["a", "b", "a"]                        | ["a","b","a"]
            [1, 1.0]                               | [1,1.0]
            [{"x": 1, "y": 2}, {"y": 2, "x": 1.0}] | [{"x":1,"y":2},{"y":2,"x":1.0}]
            [null, null]                           | [null,null]
            """)
    void equalEntriesAreRefusedWhereAllAreToDiffer(String list, String shown) {
        ValueSchema schema = SchemaFile.read(property("\"type\": \"array\", \"uniqueItems\": true"));

        assertEquals(
                "a is " + shown + "; it takes a list without equal entries.", wrong(schema, "{\"a\": " + list + "}"));
        schema.convert(Json.object("{\"a\": [\"1\", 1, 2, [1], [2], {\"x\": 1}, {\"x\": 2}, null, true]}"), "an input");
        SchemaFile.read(property("\"type\": \"array\", \"uniqueItems\": false"))
                .convert(Json.object("{\"a\": " + list + "}"), "an input");
    }

    @Test
    void theRulesOfFreeNamesAreChecked() {
        ValueSchema schema = SchemaFile.read(property(
                "\"type\": \"object\", \"additionalProperties\": " + "{\"type\": \"string\", \"pattern\": \"^x\"}"));

        assertEquals("a.some is \"y\"; it takes a text that matches ^x.", wrong(schema, "{\"a\": {\"some\": \"y\"}}"));
        schema.convert(Json.object("{\"a\": {\"some\": \"xy\"}}"), "an input");
    }

    @Test
    void anObjectThatAllowsNoNamesHasNone() {
        ValueSchema schema = SchemaFile.read(property("\"type\": \"object\", \"additionalProperties\": false"));

        assertEquals("a.\"x\" is not a part of a; it takes none.", wrong(schema, "{\"a\": {\"x\": 1}}"));
    }

    @Test
    void lengthsHoldForTextsOfEveryShape() {
        ValueSchema free = SchemaFile.read(property("\"minLength\": 2, \"maxLength\": 3"));
        assertEquals("a is \"x\"; it takes a text of at least 2 characters.", wrong(free, "{\"a\": \"x\"}"));
        assertEquals("a is \"wxyz\"; it takes a text of at most 3 characters.", wrong(free, "{\"a\": \"wxyz\"}"));
        free.convert(Map.of("a", 1), "an input");

        ValueSchema words = SchemaFile.read(property("\"enum\": [\"x\", \"xyz\"], \"minLength\": 2"));
        assertEquals("a is \"x\"; it takes a text of at least 2 characters.", wrong(words, "{\"a\": \"x\"}"));
    }

    @Test
    void secretsInAListAreNotShownWhenTheListIsRefused() {
        ValueSchema schema = SchemaFile.read(property("\"type\": \"array\", \"uniqueItems\": true, \"items\": "
                + "{\"type\": \"string\", \"format\": \"password\"}"));

        String refusal = wrong(schema, "{\"a\": [\"hush\", \"hush\"]}");
        assertFalse(refusal.contains("hush"), refusal);
    }
}
