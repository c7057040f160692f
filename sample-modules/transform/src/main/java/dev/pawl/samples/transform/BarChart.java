package dev.pawl.samples.transform;

import dev.pawl.samples.transform.Tally.Group;
import java.util.List;
import java.util.Locale;

/** A bar chart of the largest groups, as SVG. */
final class BarChart {

    private static final int WIDTH = 860;
    private static final int LEFT = 250;
    private static final int BARS = 440;
    private static final int ROW = 30;
    private static final int HEAD = 72;
    private static final int MOST_LABEL = 30;

    private BarChart() {}

    /** Draws the chart; it refers to nothing outside and contains no scripts. */
    static String of(String title, Tally tally, int most) {
        List<Group> groups = tally.top(most);
        long shown = groups.stream().mapToLong(Group::count).sum();
        long total = tally.total();
        int height = HEAD + groups.size() * ROW + (total > shown ? 44 : 20);
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
                        + "font-family=\"system-ui, sans-serif\" font-size=\"14\" role=\"img\">%n",
                WIDTH,
                height,
                WIDTH,
                height));
        svg.append("<title>").append(XmlText.of(title)).append("</title>\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        text(svg, 24, 34, "start", "#1f2933\" font-weight=\"600\" font-size=\"18", Shortened.cut(title, 80));
        text(svg, 24, 56, "start", "#52606d", String.format(Locale.ROOT, "%,d records", total));
        long largest = groups.isEmpty() ? 1 : groups.get(0).count();
        for (int n = 0; n < groups.size(); n++) {
            bar(svg, HEAD + n * ROW, groups.get(n), largest, total);
        }
        if (total > shown) {
            text(
                    svg,
                    LEFT,
                    HEAD + groups.size() * ROW + 22,
                    "start",
                    "#52606d",
                    String.format(Locale.ROOT, "%,d records with other values", total - shown));
        }
        return svg.append("</svg>\n").toString();
    }

    private static void bar(StringBuilder svg, int top, Group group, long largest, long total) {
        double width = Math.max(1, (double) BARS * group.count() / largest);
        svg.append("<g><title>").append(XmlText.of(group.name())).append("</title>\n");
        text(svg, LEFT - 12, top + 19, "end", "#1f2933", Shortened.cut(group.name(), MOST_LABEL));
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\" fill=\"#2f6db5\"/>%n",
                LEFT,
                top + 4,
                width,
                ROW - 8));
        text(
                svg,
                (int) (LEFT + width + 8),
                top + 19,
                "start",
                "#1f2933",
                String.format(Locale.ROOT, "%,d (%.1f %%)", group.count(), 100.0 * group.count() / total));
        svg.append("</g>\n");
    }

    private static void text(StringBuilder svg, int x, int y, String anchor, String fill, String text) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">", x, y, anchor, fill));
        svg.append(XmlText.of(text)).append("</text>\n");
    }
}
