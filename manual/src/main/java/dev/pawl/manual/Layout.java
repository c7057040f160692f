package dev.pawl.manual;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The frame around a page's text: the way to all others, its own headings, the page before and the one after. */
final class Layout {

    /** The most pages that a folder shows in the contents while one of them is read. */
    private static final int MOST_OF_FOLDER = 30;

    /** The least headings that a page shows at its side. */
    private static final int LEAST_HEADINGS = 2;

    private final Manual manual;
    private final List<Page> order;
    private final Map<String, Page> firsts = new HashMap<>();
    private final Map<String, Integer> sizes = new HashMap<>();
    private final String frame;
    private final String version;

    /** @param version Pawl's version */
    Layout(Manual manual, String version) throws IOException {
        this.manual = manual;
        this.order = manual.pages();
        this.frame = Design.own("page.html");
        this.version = version;
        for (Page page : order) {
            sizes.merge(page.folder(), 1, Integer::sum);
            if (isFirstOfFolder(page)) {
                firsts.put(page.folder(), page);
            }
        }
    }

    /** The whole page. */
    String of(Page page) {
        Map<String, String> parts = new TreeMap<>(Map.of(
                "title", escaped(page.title()),
                "version", escaped(version),
                "contents", contents(page),
                "crumbs", crumbs(page),
                "turn", turn(page),
                "headings", headings(page)));
        String whole = frame;
        for (var part : parts.entrySet()) {
            whole = whole.replace("{" + part.getKey() + "}", part.getValue());
        }
        return whole.replace("{up}", page.up())
                .replace("{body}", page.html()); // last, since a text may have such marks
    }

    private String contents(Page open) {
        var html = new StringBuilder(link(open, manual.page(Sources.HOME), "Manual"));
        for (Manual.Part part : manual.parts()) {
            html.append("<h2>").append(escaped(part.name())).append("</h2>\n<ul>\n");
            for (String place : part.places()) {
                Page page = manual.page(place);
                if (isShown(page, open)) {
                    boolean isInFolder = !page.folder().isEmpty() && !isFirstOfFolder(page) && hasFirst(page);
                    html.append(isInFolder ? "<li class=\"in\">" : "<li>")
                            .append(link(open, page, shortTitle(page)))
                            .append("</li>\n");
                }
            }
            html.append("</ul>\n");
        }
        return html.toString();
    }

    /** The pages of a folder are shown while one of them is read, unless there are too many. */
    private boolean isShown(Page page, Page open) {
        if (page.folder().isEmpty() || isFirstOfFolder(page) || !hasFirst(page)) {
            return true;
        }
        return page.folder().equals(open.folder())
                && (page.equals(open) || sizes.getOrDefault(page.folder(), 0) <= MOST_OF_FOLDER);
    }

    private static boolean isFirstOfFolder(Page page) {
        return page.place().endsWith("/README.md");
    }

    private boolean hasFirst(Page page) {
        return firsts.containsKey(page.folder());
    }

    private static String shortTitle(Page page) {
        return page.title().replaceFirst("^The module ", "");
    }

    private static String link(Page from, Page to, String text) {
        String current = to.equals(from) ? " aria-current=\"page\"" : "";
        return "<a href=\"" + from.up() + to.address() + "\"" + current + ">" + escaped(text) + "</a>";
    }

    private String crumbs(Page page) {
        for (Manual.Part part : manual.parts()) {
            if (part.places().contains(page.place())) {
                var html = new StringBuilder("<span>" + escaped(part.name()) + "</span>");
                Page first = firsts.get(page.folder());
                if (first != null && !page.folder().isEmpty() && !first.equals(page)) {
                    html.append(" <span>")
                            .append(link(page, first, first.title()))
                            .append("</span>");
                }
                return "<p class=\"crumbs\">" + html + "</p>";
            }
        }
        return "";
    }

    private String turn(Page page) {
        int at = order.indexOf(page);
        var html = new StringBuilder();
        if (at > 0) {
            html.append(turn(page, order.get(at - 1), "prev", "Previous"));
        }
        if (at + 1 < order.size()) {
            html.append(turn(page, order.get(at + 1), "next", "Next"));
        }
        return html.toString();
    }

    private static String turn(Page from, Page to, String way, String word) {
        return "<a class=\"" + way + "\" rel=\"" + way + "\" href=\"" + from.up() + to.address() + "\"><span>" + word
                + "</span> " + escaped(to.title()) + "</a>\n";
    }

    private static String headings(Page page) {
        List<Page.Section> shown = page.sections().stream()
                .filter(section -> section.level() == 2 || section.level() == 3)
                .toList();
        if (shown.size() < LEAST_HEADINGS) {
            return "";
        }
        var html =
                new StringBuilder("<nav class=\"headings\" aria-label=\"On this page\">\n<p>On this page</p>\n<ul>\n");
        for (Page.Section section : shown) {
            html.append(section.level() == 2 ? "<li>" : "<li class=\"in\">")
                    .append("<a href=\"#")
                    .append(section.anchor())
                    .append("\">")
                    .append(escaped(section.heading()))
                    .append("</a></li>\n");
        }
        return html.append("</ul>\n</nav>").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
