package dev.pawl.scheduler.schema;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundedMatchTest {

    @Test
    void aPatternIsFoundOrNot() {
        assertTrue(BoundedMatch.find("note", "^a+b$", "aaab"));
        assertFalse(BoundedMatch.find("note", "^a+b$", "aaac"));
    }

    @Test
    void aPatternThatWouldTakeForEverIsGivenUp() {
        ValueSchema schema = SchemaFile.read(
                "{\"type\":\"object\",\"properties\":{\"note\":{\"type\":\"string\",\"pattern\":\"^.*.*.*.*.*.*.*b$\"}}}");
        String message = String.valueOf(assertThrows(
                        InvalidValueException.class, () -> schema.convert(Map.of("note", "a".repeat(60)), "an input"))
                .getMessage());
        assertTrue(message.startsWith("note has 60 characters"), message);
    }

    @Test
    void aPatternThatGoesTooDeepIsGivenUp() {
        assertThrows(InvalidValueException.class, () -> BoundedMatch.find("note", "^(a|b)*$", "ab".repeat(500_000)));
    }
}
