package dev.pawl.cli.develop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A problem is shown at its place. */
class ProblemTextTest {

    @TempDir
    Path project;

    private String shown(boolean coloured, Problem... problems) {
        StringWriter written = new StringWriter();
        PrintWriter writer = new PrintWriter(written);
        new ProblemText(new Screen(writer, writer, new Terminal(false, coloured, 80, StandardCharsets.UTF_8)), project)
                .show(List.of(problems));
        return written.toString();
    }

    @Test
    void theLineOfTheSourceIsShownWithAMarkBelowTheColumn() throws Exception {
        Path source = Files.writeString(project.resolve("A.java"), "class A {\n\tint x = y;\n}\n");

        assertEquals("""
                Error: A.java:2: cannot find symbol
                            int x = y;
                                    ^
                    symbol: variable y
                """, shown(false, new Problem(true, source, 2, 17, "cannot find symbol\n  symbol: variable y")));
    }

    @Test
    void mistakesComeBeforeWarningsAndColoursOnlyOnATerminal() {
        String plain = shown(false, Problem.warning("old"), Problem.error("wrong"));
        assertEquals("Error: wrong\nWarning: old\n", plain);
        assertTrue(shown(true, Problem.error("wrong")).contains("\u001b[31mError:\u001b[0m wrong"));
    }

    @Test
    void aPlaceThatIsNotThereAnyMoreIsNamedAllTheSame() {
        Path gone = project.resolve("Gone.java");

        assertEquals("Error: Gone.java:9: oh\n", shown(false, new Problem(true, gone, 9, 1, "oh")));
    }
}
