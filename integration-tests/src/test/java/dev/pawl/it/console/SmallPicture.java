package dev.pawl.it.console;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** A picture of a page with 256 colours, the ones that most of it has: a third of the bytes, and to the eye the same. */
final class SmallPicture {

    private static final int COLOURS = 256;

    private SmallPicture() {}

    /** Writes a picture again with few colours. */
    static void shrink(Path file) throws IOException {
        BufferedImage whole = ImageIO.read(file.toFile());
        Map<Integer, Integer> counts = new HashMap<>();
        each(whole, (x, y, colour) -> counts.merge(colour, 1, Integer::sum));
        List<Integer> kept = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(COLOURS)
                .map(Map.Entry::getKey)
                .toList();
        Map<Integer, Integer> places = new HashMap<>();
        BufferedImage small =
                new BufferedImage(whole.getWidth(), whole.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model(kept));
        each(whole, (x, y, colour) -> small.getRaster()
                .setSample(x, y, 0, places.computeIfAbsent(colour, wanted -> nearest(kept, wanted))));
        ImageIO.write(small, "png", file.toFile());
    }

    private interface Pixel {
        void at(int x, int y, int colour);
    }

    private static void each(BufferedImage picture, Pixel pixel) {
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                pixel.at(x, y, picture.getRGB(x, y) & 0xffffff);
            }
        }
    }

    private static IndexColorModel model(List<Integer> colours) {
        int[] map = colours.stream().mapToInt(colour -> 0xff000000 | colour).toArray();
        return new IndexColorModel(8, map.length, map, 0, false, -1, DataBuffer.TYPE_BYTE);
    }

    private static int nearest(List<Integer> colours, int wanted) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int place = 0; place < colours.size(); place++) {
            int distance = square(colours.get(place) >> 16, wanted >> 16)
                    + square(colours.get(place) >> 8, wanted >> 8)
                    + square(colours.get(place), wanted);
            if (distance < least) {
                least = distance;
                best = place;
            }
        }
        return best;
    }

    private static int square(int one, int other) {
        int difference = (one & 0xff) - (other & 0xff);
        return difference * difference;
    }
}
