package dev.pawl.cli.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.cli.screen.Table.Fit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private static final Terminal PIPE = new Terminal(false, false, 40, StandardCharsets.UTF_8);
    private static final Terminal TERMINAL = new Terminal(true, true, 60, StandardCharsets.UTF_8);

    @Test
    void aTableThatIsTooWideTakesTheRoomFromItsWidestFlexibleColumn() {
        Table table = new Table()
                .column("ID", Fit.WHOLE)
                .column("N", Fit.NUMBER)
                .column("TEXT", Fit.FLEXIBLE)
                .row(Cell.of("abcdefgh"), Cell.of(7), Cell.of("word ".repeat(20)))
                .row(Cell.of("i"), Cell.of(123), Cell.of("short"));

        List<String> lines = table.lines(PIPE);

        assertEquals("ID          N  TEXT", lines.get(0));
        assertEquals("abcdefgh    7  word word word word word…", lines.get(1));
        assertEquals("i         123  short", lines.get(2));
    }

    @Test
    void wideCharactersCountDouble() {
        assertEquals(4, PlainText.width("日本"));
        assertEquals("日…", PlainText.cut("日本語", 4));
        assertEquals(1, PlainText.width("e\u0301"));
    }

    @Test
    void whatCouldMoveTheCursorIsNotShown() {
        assertEquals("a?[2Jb c d", PlainText.oneLine("a\u001b[2Jb\nc\td\r"));
    }

    @Test
    void longValuesGoOnBelowThemselves() {
        assertEquals(
                List.of("Name  one two three four five six seven", "      eight nine ten"),
                new Fields()
                        .add("Name", "one two three four five six seven eight nine ten")
                        .add("Empty", "")
                        .lines(PIPE));
        assertEquals(List.of("aaaaa", "aaaaa", "aa"), PlainText.wrap("a".repeat(12), 5));
    }

    @Test
    void theBarFitsItsTerminal() {
        String bar = ProgressBar.line(45.9, "a note that is far too long for what is left of the line", PIPE);

        assertTrue(bar.startsWith("███████████░░░░░░░░░░░░░  45 %  a"), bar);
        assertTrue(PlainText.width(bar) < 40, bar);
        assertTrue(ProgressBar.line(250, "", new Terminal(true, false, 80, StandardCharsets.US_ASCII))
                .startsWith("[########################] 100 %"));
    }

    @Test
    void theNextLineTakesThePassingOneAway() {
        StringWriter out = new StringWriter();
        Screen screen = new Screen(new PrintWriter(out), new PrintWriter(new StringWriter()), TERMINAL);

        screen.passing("50 %");
        screen.line("a line");
        screen.clear();

        assertEquals("\r\u001b[K50 %\r\u001b[Ka line\n", out.toString());
    }

    @Test
    void aPipeShowsNothingThatPasses() {
        StringWriter out = new StringWriter();
        new Screen(new PrintWriter(out), new PrintWriter(new StringWriter()), PIPE).passing("50 %");

        assertEquals("", out.toString());
    }

    @Test
    void aPipeIsAsWideAsItIsToldOrEighty() {
        assertEquals(80, Terminal.pipe(Map.of()).width());
        assertEquals(132, Terminal.pipe(Map.of("COLUMNS", "132")).width());
        assertEquals(80, Terminal.pipe(Map.of("COLUMNS", "wide")).width());
        assertFalse(Terminal.pipe(Map.of()).coloured());
    }
}
