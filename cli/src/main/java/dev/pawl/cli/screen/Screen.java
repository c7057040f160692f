package dev.pawl.cli.screen;

import java.io.PrintWriter;
import java.util.List;

/**
 * The output of a command. The last line may be a transient one, such as a progress bar, which the next line replaces. Safe for use by
 * several threads.
 */
public final class Screen {
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter out;
    private final PrintWriter err;
    private volatile Terminal terminal;
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

    /** Lets tables and texts be as wide as they are. */
    public void widen() {
        terminal = terminal.widest();
    }

    /** Writes a line to the output, unchanged. */
    public synchronized void line(String text) {
        erase();
        out.println(text);
    }

    /** Writes a part of a line to the output, unchanged. */
    public synchronized void raw(String text) {
        erase();
        out.print(text);
    }

    /** Writes lines to the output, unchanged. */
    public synchronized void lines(List<String> lines) {
        lines.forEach(this::line);
    }

    /** Writes a table, or the sentence when it has no rows. */
    public void table(Table table, String whenEmpty) {
        if (table.isEmpty()) {
            line(whenEmpty);
        } else {
            lines(table.lines(terminal));
        }
    }

    /** Writes a line to the error stream: an error, or a note that is not part of the output. */
    public synchronized void note(String text) {
        erase();
        out.flush();
        err.println(text);
        err.flush();
    }

    /** Flushes the output. */
    public synchronized void flush() {
        out.flush();
    }

    /** Whether the reader of the output has closed it, as {@code head} does when it has enough. */
    public synchronized boolean isClosed() {
        return out.checkError();
    }

    /** Shows a transient line, which the next one replaces; does nothing when the output is not a terminal. */
    public synchronized void passing(String text) {
        if (terminal.interactive()) {
            out.print(ERASE + text);
            out.flush();
            passing = true;
        }
    }

    /** Removes the transient line. */
    public synchronized void clear() {
        erase();
        out.flush();
    }

    /** The text in a colour, when the terminal shows colours. */
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
