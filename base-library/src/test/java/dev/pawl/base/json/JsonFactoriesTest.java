package dev.pawl.base.json;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonFactoriesTest {

    private static Stream<JsonFactory> factories() {
        return Stream.of(JsonFactories.bounded(3, 5, 4), JsonFactories.unbounded(), JsonFactories.strict());
    }

    @ParameterizedTest
    @MethodSource("factories")
    void noFactoryKeepsTheNamesThatItReads(JsonFactory factory) {
        assertFalse(factory.isEnabled(JsonFactory.Feature.INTERN_FIELD_NAMES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[[[[1]]]]", "123456", "{\"abcde\":1}"})
    void boundsHold(String json) {
        assertThrows(StreamConstraintsException.class, () -> read(JsonFactories.bounded(3, 5, 4), json));
        assertDoesNotThrow(() -> read(JsonFactories.unbounded(), json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[[[1]]]", "12345", "{\"abcd\":1}"})
    void whatReachesTheBoundsIsRead(String json) {
        assertDoesNotThrow(() -> read(JsonFactories.bounded(3, 5, 4), json));
    }

    @Test
    void longTextsNumbersAndNamesAreReadWithoutBounds() {
        String digits = "1".repeat(200_000);
        assertDoesNotThrow(() -> read(JsonFactories.unbounded(), digits));
        assertDoesNotThrow(
                () -> read(JsonFactories.unbounded(), "{\"" + digits + "\":\"" + digits.repeat(110) + "\"}"));
    }

    @Test
    void aNameThatIsGivenTwiceIsRefusedByTheStrictOne() {
        String twice = "{\"a\":1,\"a\":2}";
        assertThrows(JsonParseException.class, () -> read(JsonFactories.strict(), twice));
        assertDoesNotThrow(() -> read(JsonFactories.unbounded(), twice));
    }

    private static void read(JsonFactory factory, String json) throws IOException {
        try (JsonParser parser = factory.createParser(json)) {
            while (parser.nextToken() != null) {
                parser.getText();
            }
        }
    }
}
