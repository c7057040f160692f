package dev.pawl.cli.screen;

import java.io.PrintWriter;
import java.util.List;

/**
 * Where a command writes. One line at the bottom may be a passing one, such as a progress bar, which the next line takes away. Safe
 * for many threads.
 */
public final class Screen {
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter out;
    private final PrintWriter err;
    private final Terminal terminal;
    private boolean passing;

    public Screen(PrintWriter out, PrintWriter err, Terminal terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    public PrintWriter out() {
        return out;
    }

    public PrintWriter err() {
        return err;
    }

    public Terminal terminal() {
        return terminal;
    }

    /** One line to the output, as it is. */
    public synchronized void line(String text) {
        erase();
        out.println(text);
    }

    /** A part of a line to the output, as it is. */
    public synchronized void raw(String text) {
        erase();
        out.print(text);
    }

    /** Lines to the output, as they are. */
    public synchronized void lines(List<String> lines) {
        lines.forEach(this::line);
    }

    /** A table, or the sentence when it has no rows. */
    public void table(Table table, String whenEmpty) {
        if (table.isEmpty()) {
            line(whenEmpty);
        } else {
            lines(table.lines(terminal));
        }
    }

    /** One line to the error stream: an error, or a note that is no part of the output. */
    public synchronized void note(String text) {
        erase();
        out.flush();
        err.println(text);
        err.flush();
    }

    /** Shows what was written so far. */
    public synchronized void flush() {
        out.flush();
    }

    /** Whether the reader of the output has gone away, as {@code head} does when it has enough. */
    public synchronized boolean isClosed() {
        return out.checkError();
    }

    /** A line that the next one takes away; nothing where nobody watches. */
    public synchronized void passing(String text) {
        if (terminal.interactive()) {
            out.print(ERASE + text);
            out.flush();
            passing = true;
        }
    }

    /** Takes the passing line away. */
    public synchronized void clear() {
        erase();
        out.flush();
    }

    /** The text in a colour, where there are colours. */
    public String paint(Colour colour, String text) {
        return colour.paint(text, terminal);
    }

    private void erase() {
        if (passing) {
            out.print(ERASE);
            passing = false;
        }
    }
}
