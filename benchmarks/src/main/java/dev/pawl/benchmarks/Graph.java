package dev.pawl.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;

/** A curve of a cost over a size, drawn as SVG: the size on a logarithmic axis, the cost from zero. */
final class Graph {

    private static final int WIDTH = 480;
    private static final int HEIGHT = 220;
    private static final int LEFT = 60;
    private static final int RIGHT = 30;
    private static final int TOP = 40;
    private static final int BOTTOM = 40;
    private static final double HEADROOM = 1.2;

    private Graph() {}

    /** Writes the file. */
    static void write(Path file, String title, String axis, NavigableMap<Integer, Double> costs) throws IOException {
        double first = Math.log10(costs.firstKey());
        double span = Math.max(Math.log10(costs.lastKey()) - first, 1e-9);
        double most =
                costs.values().stream().mapToDouble(Double::doubleValue).max().orElse(1) * HEADROOM;
        StringBuilder points = new StringBuilder();
        StringBuilder marks = new StringBuilder();
        for (Map.Entry<Integer, Double> cost : costs.entrySet()) {
            double x = LEFT + (Math.log10(cost.getKey()) - first) / span * (WIDTH - LEFT - RIGHT);
            double y = HEIGHT - BOTTOM - cost.getValue() / most * (HEIGHT - TOP - BOTTOM);
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            marks.append(String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"#06c\"/>\n", x, y));
            marks.append(text(x, y - 8, Row.number(cost.getValue())));
            marks.append(text(x, HEIGHT - BOTTOM + 15, String.format(Locale.ROOT, "%,d", cost.getKey())));
        }
        String svg = String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                                + " font-size=\"11\" text-anchor=\"middle\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
                        WIDTH,
                        HEIGHT)
                + text(WIDTH / 2.0, 16, title)
                + text(WIDTH / 2.0, HEIGHT - 6.0, axis)
                + String.format(
                        Locale.ROOT,
                        "<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#888\"/>%n",
                        LEFT - 10,
                        TOP,
                        HEIGHT - BOTTOM,
                        WIDTH - RIGHT + 10)
                + "<polyline fill=\"none\" stroke=\"#06c\" stroke-width=\"2\" points=\""
                + points.toString().strip()
                + "\"/>\n" + marks + "</svg>\n";
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, svg);
    }

    private static String text(double x, double y, String text) {
        return String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\">%s</text>%n", x, y, text);
    }
}
