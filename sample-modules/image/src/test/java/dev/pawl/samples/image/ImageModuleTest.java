package dev.pawl.samples.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures of all formats, and files that are none. */
final class ImageModuleTest {

    @TempDir
    Path folder;

    private HarnessRun run(String source, String target, Map<String, Object> more) throws IOException {
        Map<String, Object> inputs = new HashMap<>(more);
        inputs.put("source", source);
        inputs.put("output_file", target);
        return JobHarness.of(ImageModule::new)
                .inputs(inputs)
                .settings(Map.of("root", folder.toString()))
                .roots(folder)
                .run();
    }

    private void draw(String name, String format, int width, int height) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(Color.RED);
        pen.fillRect(0, 0, width / 2, height);
        pen.dispose();
        assertTrue(ImageIO.write(picture, format, folder.resolve(name).toFile()));
    }

    @ParameterizedTest
    @CsvSource({
        "a.png, png, small.jpg, 100, 50",
        "a.jpg, jpg, small.png, 100, 50",
        "a.bmp, bmp, small.gif, 100, 50",
        "a.gif, gif, small.bmp, 100, 50"
    })
    void aPictureFitsIntoTheSizeInTheFormatOfItsName(String source, String format, String target, int width, int height)
            throws IOException {
        draw(source, format, 800, 400);
        HarnessRun run = run(source, target, Map.of("max_width", 100, "max_height", 100));
        run.isCompleted().hasReached(80);
        BufferedImage scaled = ImageIO.read(folder.resolve(target).toFile());
        assertEquals(width, scaled.getWidth());
        assertEquals(height, scaled.getHeight());
        assertTrue(new Color(scaled.getRGB(10, 25)).getRed() > 200, "it is not red");
        assertTrue(new Color(scaled.getRGB(90, 25)).getRed() < 60, "it is red");
    }

    @Test
    void aSmallPictureKeepsItsSize() throws IOException {
        draw("a.png", "png", 20, 10);
        run("a.png", "b.png", Map.of()).isCompleted();
        assertEquals(20, ImageIO.read(folder.resolve("b.png").toFile()).getWidth());
    }

    @Test
    void anotherFileStaysUnlessItIsToBeReplaced() throws IOException {
        draw("a.png", "png", 20, 10);
        Files.writeString(folder.resolve("b.png"), "mine");
        run("a.png", "b.png", Map.of()).ended(Outcome.VALIDATION_FAILED);
        assertEquals("mine", Files.readString(folder.resolve("b.png")));
        run("a.png", "b.png", Map.of("overwrite", true)).isCompleted();
        run("a.png", "a.png", Map.of("overwrite", true)).ended(Outcome.VALIDATION_FAILED);
        run("a.png", "c.webp", Map.of()).ended(Outcome.VALIDATION_FAILED);
    }

    @Test
    void aFileThatIsNoPictureFailsAndLeavesNothing() throws IOException {
        Files.writeString(folder.resolve("a.png"), "no picture");
        draw("cut.png", "png", 300, 300);
        byte[] whole = Files.readAllBytes(folder.resolve("cut.png"));
        Files.write(folder.resolve("cut.png"), java.util.Arrays.copyOf(whole, whole.length / 2));
        for (String bad : List.of("a.png", "cut.png")) {
            HarnessRun run = run(bad, "b.png", Map.of());
            run.ended(Outcome.RUN_FAILED);
        }
        assertFalse(Files.exists(folder.resolve("b.png")));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(2, left.count());
        }
    }

    /** 900 million pixels in a megabyte; read whole they would take 3.6 GB. */
    @Test
    void aSmallFileWithAHugePictureIsReadInPart() throws IOException {
        bomb(folder.resolve("bomb.png"), 30_000);
        run("bomb.png", "b.png", Map.of("max_width", 50)).isCompleted();
        assertEquals(50, ImageIO.read(folder.resolve("b.png").toFile()).getWidth());
    }

    /** Writes a white picture in one bit a pixel (PNG specification, 11.2). */
    private static void bomb(Path file, int size) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeInt(size);
        fields.writeInt(size);
        fields.write(new byte[] {1, 0, 0, 0, 0});
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (DeflaterOutputStream packed = new DeflaterOutputStream(data)) {
            byte[] line = new byte[1 + (size + 7) / 8];
            for (int n = 0; n < size; n++) {
                packed.write(line);
            }
        }
        try (OutputStream out = Files.newOutputStream(file);
                DataOutputStream png = new DataOutputStream(out)) {
            png.writeLong(0x89504E470D0A1A0AL);
            chunk(png, "IHDR", header.toByteArray());
            chunk(png, "IDAT", data.toByteArray());
            chunk(png, "IEND", new byte[0]);
        }
    }

    private static void chunk(DataOutputStream png, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data);
        png.writeInt(data.length);
        png.write(name);
        png.write(data);
        png.writeInt((int) sum.getValue());
    }
}
