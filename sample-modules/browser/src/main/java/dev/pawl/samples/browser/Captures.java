package dev.pawl.samples.browser;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pictures and PDFs of a page, as artifacts of the job. */
final class Captures {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int MOST_PIXELS = 16_384;
    private static final int PNG_WIDTH_AT = 16;
    private static final int PNG_HEIGHT_AT = 20;

    private static final String BOX = """
            (selector) => {
              const box = document.querySelector(selector).getBoundingClientRect();
              return [box.left + scrollX, box.top + scrollY, box.width, box.height];
            }""";

    private static final String WHOLE =
            "() => [0, 0, document.documentElement.scrollWidth, document.documentElement.scrollHeight]";

    private final Page page;
    private final StepTime time;
    private final Path workDir;

    Captures(Page page, StepTime time, Path workDir) {
        this.page = page;
        this.time = time;
        this.workDir = workDir;
    }

    /** Whether a file of the artifacts may be named so. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Takes a picture of the window, of the whole page or of one element. */
    Map<String, @Nullable Object> screenshot(String name, @Nullable String selector, boolean whole)
            throws StepException, BrowserGoneException, InterruptedException {
        Map<String, Object> parameters = new HashMap<>(Map.of("format", "png"));
        if (selector != null) {
            parameters.putAll(clip(page.evaluate(BOX, List.of(selector), time)));
        } else if (whole) {
            parameters.putAll(clip(page.evaluate(WHOLE, List.of(), time)));
        }
        byte[] png = data(page.call(time, "Page.captureScreenshot", parameters));
        Map<String, @Nullable Object> result = save(name, ".png", png);
        ByteBuffer header = ByteBuffer.wrap(png);
        result.put("width", header.getInt(PNG_WIDTH_AT));
        result.put("height", header.getInt(PNG_HEIGHT_AT));
        return result;
    }

    private static Map<String, Object> clip(@Nullable Object box) throws StepException {
        if (!(box instanceof List<?> sides) || number(sides.get(2)) < 1 || number(sides.get(3)) < 1) {
            throw new StepException("there is nothing to be seen in the picture");
        }
        return Map.of(
                "captureBeyondViewport",
                true,
                "clip",
                Map.of(
                        "x", number(sides.get(0)),
                        "y", number(sides.get(1)),
                        "width", Math.min(number(sides.get(2)), MOST_PIXELS),
                        "height", Math.min(number(sides.get(3)), MOST_PIXELS),
                        "scale", 1));
    }

    private static double number(@Nullable Object side) {
        return side instanceof Number number ? number.doubleValue() : 0;
    }

    /** Prints the page. */
    Map<String, @Nullable Object> pdf(String name) throws StepException, BrowserGoneException, InterruptedException {
        return save(name, ".pdf", data(page.call(time, "Page.printToPDF", Map.of("printBackground", true))));
    }

    private static byte[] data(Map<String, Object> answer) {
        return Base64.getDecoder().decode(String.valueOf(answer.get("data")));
    }

    private Map<String, @Nullable Object> save(String name, String ending, byte[] content) throws StepException {
        String file = name.endsWith(ending) ? name : name + ending;
        try {
            Path folder = Files.createDirectories(workDir.resolve("artifacts"));
            Path part = workDir.resolve("." + file + ".part");
            Files.write(part, content);
            Files.move(part, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StepException("the file " + file + " cannot be written: " + e);
        }
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("file", file);
        result.put("bytes", content.length);
        return result;
    }
}
