package dev.pawl.samples.image;

import dev.pawl.api.module.ValidationException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** The formats of files that pictures are written to. */
enum PictureFormat {
    /** Without transparency, and with losses. */
    JPEG("jpe?g"),
    /** Without losses. */
    PNG("png"),
    /** 256 colours. */
    GIF("gif"),
    /** Without transparency. */
    BMP("bmp");

    private static final float PERCENT = 100F;

    private final String endings;

    PictureFormat(String endings) {
        this.endings = endings;
    }

    /** The format that a file's name asks for. */
    static PictureFormat ofName(String input, Path file) throws ValidationException {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.matches(".*\\.(" + format.endings + ")"))
                .findFirst()
                .orElseThrow(() -> new ValidationException(input + " is \"" + file
                        + "\", whose ending names no format; it takes .jpg, .jpeg, .png, .gif or .bmp."));
    }

    /** Whether pictures in it have no transparent places. */
    private boolean isOpaque() {
        return this == JPEG || this == BMP;
    }

    /** Writes a picture. */
    void write(BufferedImage picture, int quality, Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(name()).next();
        try (OutputStream out = Files.newOutputStream(file);
                ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            ImageWriteParam how = writer.getDefaultWriteParam();
            if (this == JPEG) {
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionQuality(quality / PERCENT);
            }
            writer.write(null, new IIOImage(isOpaque() ? Picture.onWhite(picture) : picture, null, null), how);
        } finally {
            writer.dispose();
        }
    }
}
