package dev.pawl.it.console;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * Where a picture of a page has something, in blocks of {@value #WIDTH} by {@value #HEIGHT} pixels: a digit from 0, an empty block, to f, a full one. Another font
 * moves texts by some pixels, so a block counts as moved only when its neighbours have not half of what it had either.
 */
final class PageLayout {

    private static final int WIDTH = 20;

    /** Twice as high: a text that takes a line more moves all below it. */
    private static final int HEIGHT = 40;

    /** A pixel that is so much lighter or darker than most of its row of blocks is something. */
    private static final int CONTRAST = 20;

    /** Below it a block is empty: a line, or the end of a letter. */
    private static final int SOMETHING = 2;

    /** The share of moved blocks that is still the same layout. */
    private static final double MOST_MOVED = 0.06;

    /** The difference of the backgrounds that is still the same theme. */
    private static final int OTHER_GROUND = 24;

    private final int ground;
    private final List<String> rows;

    private PageLayout(int ground, List<String> rows) {
        this.ground = ground;
        this.rows = rows;
    }

    /** Reads a picture. */
    static PageLayout of(Path picture) throws IOException {
        BufferedImage image = ImageIO.read(picture.toFile());
        int ground = commonest(image, 0, 0, image.getWidth(), image.getHeight());
        List<String> rows = new ArrayList<>();
        for (int y = 0; y < image.getHeight(); y += HEIGHT) {
            StringBuilder row = new StringBuilder();
            for (int x = 0; x < image.getWidth(); x += WIDTH) {
                row.append(Character.forDigit(fullness(image, x, y), 16));
            }
            rows.add(row.toString());
        }
        return new PageLayout(ground, rows);
    }

    /** Reads what {@link #text} has written. */
    static PageLayout read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return new PageLayout(Integer.parseInt(lines.get(0)), lines.subList(1, lines.size()));
    }

    /** The layout as a file keeps it: the background's lightness, and the rows of blocks. */
    String text() {
        return ground + "\n" + String.join("\n", rows) + "\n";
    }

    /** The differences of another one; empty when it is loosely the same. */
    Optional<String> differenceFrom(PageLayout kept) {
        if (rows.size() != kept.rows.size()
                || rows.get(0).length() != kept.rows.get(0).length()) {
            return Optional.of("another size");
        }
        if (Math.abs(ground - kept.ground) > OTHER_GROUND) {
            return Optional.of("a background of " + ground + " in the place of " + kept.ground);
        }
        int blocks = rows.size() * rows.get(0).length();
        int moved = kept.missingIn(this) + missingIn(kept);
        return moved <= MOST_MOVED * blocks
                ? Optional.empty()
                : Optional.of(moved + " of " + blocks + " blocks have moved:\n" + String.join("\n", rows));
    }

    /** The number of blocks that have something, of which the other one has not half, there or around. */
    private int missingIn(PageLayout other) {
        int missing = 0;
        for (int y = 0; y < rows.size(); y++) {
            for (int x = 0; x < rows.get(y).length(); x++) {
                int fullness = digit(x, y);
                if (fullness > SOMETHING && !other.hasAround(x, y, Math.max(SOMETHING, fullness / 2))) {
                    missing++;
                }
            }
        }
        return missing;
    }

    private boolean hasAround(int x, int y, int fullness) {
        for (int dy = -1; dy <= 1; dy++) {
            for (int dx = -1; dx <= 1; dx++) {
                if (digit(x + dx, y + dy) >= fullness) {
                    return true;
                }
            }
        }
        return false;
    }

    private int digit(int x, int y) {
        return y < 0 || y >= rows.size() || x < 0 || x >= rows.get(y).length()
                ? 0
                : Character.digit(rows.get(y).charAt(x), 16);
    }

    private static int fullness(BufferedImage image, int left, int top) {
        int right = Math.min(left + WIDTH, image.getWidth());
        int bottom = Math.min(top + HEIGHT, image.getHeight());
        int common = commonest(image, left, top, right, bottom);
        int other = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                if (Math.abs(lightness(image.getRGB(x, y)) - common) > CONTRAST) {
                    other++;
                }
            }
        }
        return Math.min(15, other * 48 / ((right - left) * (bottom - top)));
    }

    private static int commonest(BufferedImage image, int left, int top, int right, int bottom) {
        int[] counts = new int[256];
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                counts[lightness(image.getRGB(x, y))]++;
            }
        }
        int most = Arrays.stream(counts).max().orElseThrow();
        for (int light = 0; light < counts.length; light++) {
            if (counts[light] == most) {
                return light;
            }
        }
        return 0;
    }

    private static int lightness(int rgb) {
        return (((rgb >> 16) & 0xff) * 299 + ((rgb >> 8) & 0xff) * 587 + (rgb & 0xff) * 114) / 1000;
    }
}
