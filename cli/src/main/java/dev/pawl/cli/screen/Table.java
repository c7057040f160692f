package dev.pawl.cli.screen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of aligned rows under headings, each on one line that fits the terminal: the widest flexible columns are cut, and when that is
 * not enough, columns are left out from the right.
 */
public final class Table {
    private static final String GAP = "  ";
    private static final int LEAST = 6;
    private static final int LEAST_COLUMNS = 2;

    private final List<Column> columns = new ArrayList<>();
    private final List<List<Cell>> rows = new ArrayList<>();
    private final Map<Integer, String> notes = new HashMap<>();

    /** The sizing of a column. */
    public enum Fit {
        /** As wide as its widest cell. */
        WHOLE,
        /** Cut when there is not enough room. */
        FLEXIBLE,
        /** As wide as its widest cell, aligned to the right. */
        NUMBER
    }

    private record Column(String heading, Fit fit) {}

    /** Adds a column to the right. */
    public Table column(String heading, Fit fit) {
        columns.add(new Column(heading, fit));
        return this;
    }

    /** Adds a row at the end, with a cell for each column. */
    public Table row(Cell... cells) {
        return row(List.of(cells));
    }

    /** Adds a row at the end, with a cell for each column. */
    public Table row(List<Cell> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns");
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /** Adds a text below the last row, wrapped and indented; an empty one is not shown. */
    public Table note(String text) {
        notes.put(rows.size() - 1, PlainText.oneLine(text));
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The lines, heading first. */
    public List<String> lines(Terminal terminal) {
        int[] widths = widths(terminal.width());
        List<String> lines = new ArrayList<>();
        lines.add(line(
                columns.stream().map(c -> new Cell(c.heading(), Colour.BOLD)).toList(), widths, terminal));
        for (int i = 0; i < rows.size(); i++) {
            lines.add(line(rows.get(i), widths, terminal));
            String note = notes.getOrDefault(i, "");
            if (!note.isEmpty()) {
                PlainText.wrap(note, terminal.width() - GAP.length()).stream()
                        .map(part -> GAP + Colour.DIM.paint(part, terminal))
                        .forEach(lines::add);
            }
        }
        return lines;
    }

    /** The widths of the columns that are shown, from the left. */
    private int[] widths(int room) {
        for (int shown = columns.size(); shown > LEAST_COLUMNS; shown--) {
            int[] widths = widths(shown, room);
            if (width(widths) <= room) {
                return widths;
            }
        }
        return widths(Math.min(LEAST_COLUMNS, columns.size()), room);
    }

    private static int width(int[] widths) {
        return IntStream.of(widths).sum() + GAP.length() * (widths.length - 1);
    }

    private int[] widths(int shown, int room) {
        int[] widths = IntStream.range(0, shown).map(this::natural).toArray();
        int excess = width(widths) - room;
        while (excess > 0) {
            int widest = widestThatGives(widths);
            if (widest < 0) {
                break;
            }
            widths[widest]--;
            excess--;
        }
        return widths;
    }

    private int natural(int column) {
        return Math.max(
                PlainText.width(columns.get(column).heading()),
                rows.stream()
                        .mapToInt(row -> PlainText.width(row.get(column).text()))
                        .max()
                        .orElse(0));
    }

    private int widestThatGives(int[] widths) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            boolean gives = columns.get(i).fit() == Fit.FLEXIBLE && widths[i] > LEAST;
            if (gives && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }

    private String line(List<Cell> cells, int[] widths, Terminal terminal) {
        return IntStream.range(0, widths.length)
                .mapToObj(i -> field(cells.get(i), widths[i], columns.get(i).fit(), terminal))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private static String field(Cell cell, int width, Fit fit, Terminal terminal) {
        String text = PlainText.cut(cell.text(), width);
        String padding = " ".repeat(width - PlainText.width(text));
        String painted = cell.colour().paint(text, terminal);
        return fit == Fit.NUMBER ? padding + painted : painted + padding;
    }
}
