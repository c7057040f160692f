package dev.pawl.manual;

import java.util.List;

/** The words of all pages, section by section, as a script: a page that lies on a disk may load no other kind of file. */
final class SearchIndex {

    private SearchIndex() {}

    /** A call of {@code pawlSearch} with a list of pages: title, address, and sections of heading, anchor and words. */
    static String of(List<Page> pages) {
        var script = new StringBuilder("pawlSearch([\n");
        for (Page page : pages) {
            script.append('[');
            text(script, page.title()).append(',');
            text(script, page.address()).append(",[\n");
            for (Page.Section section : page.sections()) {
                script.append('[');
                text(script, section.heading()).append(',');
                text(script, section.level() == 1 ? "" : section.anchor()).append(',');
                text(script, section.text()).append("],\n");
            }
            script.append("]],\n");
        }
        return script.append("]);\n").toString();
    }

    private static StringBuilder text(StringBuilder script, String text) {
        script.append('"');
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            if (each == '"' || each == '\\') {
                script.append('\\').append(each);
            } else if (each < ' ' || each == '\u2028' || each == '\u2029') {
                script.append(' ');
            } else {
                script.append(each);
            }
        }
        return script.append('"');
    }
}
