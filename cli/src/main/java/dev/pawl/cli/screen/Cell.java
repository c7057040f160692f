package dev.pawl.cli.screen;

/**
 * A cell of a table.
 *
 * @param text on one line
 * @param colour its colour
 */
public record Cell(String text, Colour colour) {
    public Cell {
        text = PlainText.oneLine(text);
    }

    /** A cell without a colour. */
    public static Cell of(Object value) {
        return new Cell(String.valueOf(value), Colour.PLAIN);
    }

    /** A status on the wire, in its colour. */
    public static Cell status(String status) {
        return new Cell(status, Colour.ofStatus(status));
    }
}
