package dev.pawl.shell;

import java.util.ArrayList;
import java.util.List;

/** The result of a command, as rows under headings; its text is aligned and at most {@value #WIDTH} columns wide. */
public final class Table {
    /** The widest line. */
    public static final int WIDTH = 80;

    private static final String GAP = "  ";
    private static final int LEAST = 6;

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();
    private final String whenEmpty;

    /** The sizing of a column. */
    enum Fit {
        /** It is as wide as its widest value. */
        WHOLE,
        /** It is cut. */
        CUT,
        /** It is wrapped; for the last column. */
        WRAP
    }

    /**
     * A column.
     *
     * @param heading its heading
     * @param fit its sizing
     */
    record Column(String heading, Fit fit) {
        static Column whole(String heading) {
            return new Column(heading, Fit.WHOLE);
        }

        static Column cut(String heading) {
            return new Column(heading, Fit.CUT);
        }

        static Column wrap(String heading) {
            return new Column(heading, Fit.WRAP);
        }
    }

    /** @param whenEmpty the sentence that replaces a table without rows */
    Table(String whenEmpty, Column... columns) {
        this.whenEmpty = whenEmpty;
        this.columns = List.of(columns);
    }

    /** Adds a row at the end, with its values in the order of the columns. */
    Table row(Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(values.length + " values for " + columns.size() + " columns");
        }
        List<String> row = new ArrayList<>();
        for (Object value : values) {
            row.add(printable(String.valueOf(value)));
        }
        rows.add(row);
        return this;
    }

    /** The values, for scripts. */
    public List<List<String>> rows() {
        return List.copyOf(rows);
    }

    @Override
    public String toString() {
        if (rows.isEmpty()) {
            return whenEmpty;
        }
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        addLines(columns.stream().map(Column::heading).toList(), widths, lines);
        rows.forEach(row -> addLines(row, widths, lines));
        return String.join("\n", lines);
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        int excess = GAP.length() * (widths.length - 1) - WIDTH;
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .reduce(columns.get(i).heading().length(), Math::max);
            excess += widths[i];
        }
        for (int widest = widest(widths); excess > 0 && widest >= 0; excess--) {
            widths[widest]--;
            widest = widest(widths);
        }
        return widths;
    }

    private int widest(int[] widths) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            boolean gives = columns.get(i).fit() != Fit.WHOLE && widths[i] > LEAST;
            if (gives && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }

    private void addLines(List<String> values, int[] widths, List<String> lines) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String value = values.get(i);
            if (value.length() > widths[i] && columns.get(i).fit() == Fit.WRAP) {
                addWrapped(line, value, widths[i], lines);
                return;
            }
            String shown = value.length() > widths[i] ? value.substring(0, widths[i] - 1) + "…" : value;
            line.append(shown).append(" ".repeat(widths[i] - shown.length())).append(GAP);
        }
        lines.add(line.toString().stripTrailing());
    }

    private static void addWrapped(StringBuilder start, String value, int width, List<String> lines) {
        String before = start.toString();
        String rest = value;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > width / 2 ? space : width;
            lines.add((before + rest.substring(0, end)).stripTrailing());
            rest = rest.substring(end).stripLeading();
            before = " ".repeat(start.length());
        }
        lines.add((before + rest).stripTrailing());
    }

    /** Control characters could move the terminal's cursor. */
    private static String printable(String text) {
        return text.replace("\r", "").replace('\n', ' ').replace('\t', ' ').replaceAll("\\p{Cntrl}", "?");
    }
}
