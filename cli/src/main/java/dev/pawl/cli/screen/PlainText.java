package dev.pawl.cli.screen;

import java.util.ArrayList;
import java.util.List;

/** Makes text from other sources safe for a terminal, and measures it in columns. */
public final class PlainText {
    private PlainText() {}

    /** The text on one line: line ends and tabs as spaces, other control characters, which could move the cursor, as {@code ?}. */
    public static String oneLine(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == '\n' || point == '\t') {
                plain.append(' ');
            } else if (Character.isISOControl(point)) {
                plain.append(point == '\r' ? "" : "?");
            } else {
                plain.appendCodePoint(point);
            }
        });
        return plain.toString();
    }

    /** The width of the text in columns. */
    public static int width(String text) {
        return text.codePoints().map(PlainText::width).sum();
    }

    /** The text, cut to a number of columns with an ellipsis when it is longer. */
    public static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        StringBuilder start = new StringBuilder();
        int room = columns - 1;
        for (int point : text.codePoints().toArray()) {
            room -= width(point);
            if (room < 0) {
                break;
            }
            start.appendCodePoint(point);
        }
        return columns < 1 ? "" : start + "…";
    }

    /** The text in lines of at most a number of columns, broken at spaces when there are any. */
    public static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (width(rest) > columns) {
            int end = fitting(rest, columns);
            int space = rest.lastIndexOf(' ', end);
            int cut = space > end / 2 ? space : end;
            lines.add(rest.substring(0, cut).stripTrailing());
            rest = rest.substring(cut).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    /** The number of chars of the text that fit, at least one character. */
    private static int fitting(String text, int columns) {
        int used = 0;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            used += width(point);
            if (used > columns && end > 0) {
                break;
            }
            end += Character.charCount(point);
        }
        return end;
    }

    private static int width(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(point) ? 2 : 1;
        };
    }

    /** The approximate blocks of wide characters according to Unicode's annex 11 (East Asian Width). */
    private static boolean isWide(int point) {
        return (point >= 0x1100 && point <= 0x115F)
                || (point >= 0x2E80 && point <= 0xA4CF)
                || (point >= 0xAC00 && point <= 0xD7A3)
                || (point >= 0xF900 && point <= 0xFAFF)
                || (point >= 0xFE30 && point <= 0xFE6F)
                || (point >= 0xFF00 && point <= 0xFF60)
                || (point >= 0xFFE0 && point <= 0xFFE6)
                || (point >= 0x1F300 && point <= 0x1FAFF)
                || (point >= 0x20000 && point <= 0x3FFFD);
    }
}
