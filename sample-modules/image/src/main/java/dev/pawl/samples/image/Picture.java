package dev.pawl.samples.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A picture in a file. Of one that is far larger than what is wanted not every pixel is read, so that the memory that it takes depends on
 * what is wanted; a decoder may need more all the same.
 */
final class Picture implements AutoCloseable {

    /** Read pixels for each pixel that is wanted, along a side: fewer would show. */
    private static final int FINENESS = 2;

    private final ImageInputStream stream;
    private final ImageReader reader;

    private Picture(ImageInputStream stream, ImageReader reader) {
        this.stream = stream;
        this.reader = reader;
    }

    /** Opens a file, and reads no more than what says its format. */
    static Picture open(Path file) throws IOException {
        ImageIO.setUseCache(false);
        ImageInputStream stream = ImageIO.createImageInputStream(file.toFile());
        if (stream == null) {
            throw new IOException("it cannot be read");
        }
        Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
        if (!readers.hasNext()) {
            stream.close();
            throw new IOException("it is no JPEG, PNG, GIF or BMP");
        }
        ImageReader reader = readers.next();
        reader.setInput(stream, true, true);
        return new Picture(stream, reader);
    }

    int width() throws IOException {
        return reader.getWidth(0);
    }

    int height() throws IOException {
        return reader.getHeight(0);
    }

    /**
     * Reads the picture so that it fits; it is never enlarged.
     *
     * @param look called now and then; what it throws ends the work
     */
    BufferedImage scaledInto(int maxWidth, int maxHeight, Runnable look) throws IOException {
        double factor = Math.min(1, Math.min((double) maxWidth / width(), (double) maxHeight / height()));
        int width = Math.max(1, (int) Math.round(width() * factor));
        int height = Math.max(1, (int) Math.round(height() * factor));
        ImageReadParam how = reader.getDefaultReadParam();
        int step = Math.max(1, (int) (1 / factor / FINENESS));
        how.setSourceSubsampling(step, step, 0, 0);
        BufferedImage read = reader.read(0, how);
        look.run();
        return redrawn(read, width, height, BufferedImage.TYPE_INT_ARGB);
    }

    /** The same picture with white where it lets the ground through. */
    static BufferedImage onWhite(BufferedImage picture) {
        return redrawn(picture, picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
    }

    private static BufferedImage redrawn(BufferedImage picture, int width, int height, int type) {
        BufferedImage drawn = new BufferedImage(width, height, type);
        Graphics2D pen = drawn.createGraphics();
        try {
            if (type == BufferedImage.TYPE_INT_RGB) {
                pen.setColor(Color.WHITE);
                pen.fillRect(0, 0, width, height);
            }
            pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            pen.drawImage(picture, 0, 0, width, height, null);
        } finally {
            pen.dispose();
        }
        return drawn;
    }

    @Override
    public void close() throws IOException {
        reader.dispose();
        stream.close();
    }
}
