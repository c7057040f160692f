package dev.pawl.http.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class InputSchemasTest {

    @Test
    void theNameIsMadeOfTheWordsOfTheId() {
        assertEquals("HelloInputs", InputSchemas.name("hello"));
        assertEquals("HelloWorld2Inputs", InputSchemas.name("hello-world2"));
    }

    @Test
    void idsThatAreAlikeHaveNamesOfTheirOwnThatAComponentMayHave() {
        Set<String> names = new HashSet<>();
        List<String> ids = List.of(
                "hello-world",
                "hello_world",
                "helloWorld",
                "HelloWorld",
                "hello--world",
                "hello.world",
                "hello-world-",
                "h",
                "1",
                "ä",
                "日本",
                " ",
                "a/b",
                "hello-1",
                "hello1");
        for (String id : ids) {
            assertTrue(InputSchemas.name(id).matches("[A-Za-z0-9]+Inputs"), InputSchemas.name(id));
            names.add(InputSchemas.name(id));
        }
        assertEquals(ids.size(), names.size(), names::toString);
    }
}
