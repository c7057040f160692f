package dev.pawl.cli.screen;

import java.util.ArrayList;
import java.util.List;

/** Formats named values in aligned lines; a long value is wrapped below itself. */
public final class Fields {
    private static final int GAP = 2;

    private final List<Field> fields = new ArrayList<>();

    private record Field(String name, Cell value) {}

    /** Adds a value unless it is empty. */
    public Fields add(String name, String value) {
        return add(name, new Cell(value, Colour.PLAIN));
    }

    /** Adds a value unless it is empty. */
    public Fields add(String name, Cell value) {
        if (!value.text().isBlank()) {
            fields.add(new Field(name, value));
        }
        return this;
    }

    /** The lines in the order in which the values were added. */
    public List<String> lines(Terminal terminal) {
        int names = fields.stream()
                .mapToInt(field -> PlainText.width(field.name()))
                .max()
                .orElse(0);
        int room = Math.max(1, terminal.width() - names - GAP);
        List<String> lines = new ArrayList<>();
        for (Field field : fields) {
            String name = field.name() + " ".repeat(names - PlainText.width(field.name()) + GAP);
            for (String part : PlainText.wrap(field.value().text(), room)) {
                lines.add(Colour.DIM.paint(name, terminal)
                        + field.value().colour().paint(part, terminal));
                name = " ".repeat(names + GAP);
            }
        }
        return lines;
    }
}
