package dev.pawl.http.manual;

import dev.pawl.http.file.Inflated;
import dev.pawl.http.file.SiteAnswer;
import dev.pawl.service.console.ConsoleFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of the manual, from the bundle. What was asked for is kept, once for all clients: all of it is a few MiB. */
final class ManualFiles {

    private static final String FOLDER = "/dev/pawl/manual/site/";

    /** The names of our files; no other name is looked for in the bundle. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+(?:/[a-z0-9-]+)*\\.[a-z]+");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png");

    private final String build;
    private final Map<String, ConsoleFile> kept = new ConcurrentHashMap<>();
    private final Map<String, ByteBuffer> inflated = new ConcurrentHashMap<>();

    ManualFiles() throws IOException {
        byte[] name = bytes("build.txt");
        if (name == null) {
            throw new IllegalStateException("The bundle has no manual.");
        }
        this.build = new String(name, StandardCharsets.UTF_8);
    }

    /** The file at an address, relative to that of the manual; a folder's is its first page. */
    Optional<ConsoleFile> file(String path) throws IOException {
        String name = path.isEmpty() || path.endsWith("/") ? path + "index.html" : path;
        ConsoleFile known = kept.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        boolean isGzip = !name.endsWith(".png");
        byte[] bytes = bytes(name + (isGzip ? ".gz" : ""));
        if (bytes == null) {
            return Optional.empty();
        }
        var file = new ConsoleFile(
                type, build, true, isGzip, ByteBuffer.wrap(bytes).asReadOnlyBuffer());
        kept.put(name, file);
        return Optional.of(file);
    }

    /** Inflates the file at an address for clients that take no compressed answers, however many there are, once. */
    SiteAnswer.Inflation inflation(String path) {
        return gzip -> {
            ByteBuffer known = inflated.get(path);
            if (known == null) {
                known = Inflated.of(gzip).asReadOnlyBuffer();
                inflated.put(path, known);
            }
            return known;
        };
    }

    private static byte @Nullable [] bytes(String name) throws IOException {
        try (InputStream resource = ManualFiles.class.getResourceAsStream(FOLDER + name)) {
            return resource == null ? null : resource.readAllBytes();
        }
    }
}
