package dev.pawl.cli.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.cli.Pawl;
import dev.pawl.cli.ServedCommandTest;
import dev.pawl.cli.client.JsonTrees;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellCommandTest extends ServedCommandTest {

    @Test
    void oneLineIsRunAndItsOutputShown() {
        server.answer("POST /shell", 200, "{\"output\":\"ID  STATE\\nhello  ready\",\"failed\":false}");

        Pawl.Outcome outcome = pawl.run("shell", "module:list");

        assertEquals(0, outcome.code(), outcome.err());
        assertEquals("ID  STATE\nhello  ready\n", outcome.out());
        assertEquals("{\"line\":\"module:list\"}", server.last("POST", "/shell").body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "help --all | help --all",
                "job:list -n 5 | job:list -n 5",
                "job:list -n 5 -o json | job:list -n 5",
                "job:run hello name=A B | job:run hello 'name=A B'",
            })
    void severalArgumentsAreOneLineWithItsOwnOptions(String arguments, String line) throws Exception {
        server.answer("POST /shell", 200, "{\"output\":\"\",\"failed\":false}");

        Pawl.Outcome outcome = pawl.run(("shell " + arguments).split(" ", -1));

        assertEquals(0, outcome.code(), outcome.err());
        assertEquals(
                line,
                JsonTrees.text(JsonTrees.parse(server.last("POST", "/shell").body()), "line"));
    }

    @Test
    void aLineThatFailsIsSaidOnTheErrorStreamAndMakesTheCommandFail() {
        server.answer("POST /shell", 200, "{\"output\":\"There is no command.\",\"failed\":true}");

        Pawl.Outcome outcome = pawl.run("shell", "foo");

        assertEquals(1, outcome.code());
        assertEquals("", outcome.out());
        assertEquals("There is no command.\n", outcome.err());
    }

    @Test
    void aPipeIsRunLineByLineUntilExit() {
        server.answer("POST /shell", 200, "{\"output\":\"one\",\"failed\":false}")
                .thenAnswer("POST /shell", 200, "{\"output\":\"two\",\"failed\":true}")
                .thenAnswer("POST /shell", 200, "{\"output\":\"three\",\"failed\":false}");
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("# a comment\na\n\nb\nc\nexit\nd\n".getBytes(StandardCharsets.UTF_8)));
        try {
            Pawl.Outcome outcome = pawl.run("shell");

            assertEquals(1, outcome.code());
            assertEquals("one\nthree\n", outcome.out());
            assertEquals("two\n", outcome.err());
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void whoeverMayNotUseTheShellIsTold() {
        server.answer("POST /shell", 403, "{\"code\":\"PAWL-401\",\"detail\":\"This takes the role admin.\"}");

        Pawl.Outcome outcome = pawl.run("shell", "module:list");

        assertEquals(1, outcome.code());
        assertTrue(outcome.err().contains("role admin"), outcome.err());
    }
}
