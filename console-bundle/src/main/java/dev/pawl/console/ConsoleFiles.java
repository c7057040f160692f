package dev.pawl.console;

import dev.pawl.service.console.ConsoleFile;
import dev.pawl.service.console.WebConsole;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The files of the console, from the bundle. All but the page are at an address that holds the name of the build, so that browsers keep them and
 * never mix those of two builds. Nothing is read before the first request; what was read is kept, which is some hundred KiB.
 */
@Component(service = WebConsole.class)
public final class ConsoleFiles implements WebConsole {

    private static final String FILES = "assets/";

    /** The names of our files; no other name is looked for in the bundle. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+(?:/[a-z0-9-]+)*\\.[a-z]+");

    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8");

    private final String build;
    private final String page;
    private final List<String> preloads;
    private final Map<String, ConsoleFile> kept = new ConcurrentHashMap<>();

    /** Reads the page. */
    @Activate
    public ConsoleFiles() {
        this.build = text("build.txt");
        this.page = text("page.html");
        this.preloads = text("preloads.txt").lines().toList();
    }

    @Override
    public Optional<ConsoleFile> file(String path) {
        if (!path.startsWith(FILES)) {
            return Optional.of(page(path));
        }
        String prefix = FILES + build + "/";
        return path.startsWith(prefix) ? asset(path.substring(prefix.length())) : Optional.empty();
    }

    /** The page as it is at an address: what it names is relative, so that the console may be below any path of a proxy. */
    private ConsoleFile page(String path) {
        long depth = path.chars().filter(character -> character == '/').count();
        String up = "../".repeat((int) Math.min(depth, 100)); // no place is as deep
        int place = placeOf(path);
        String text = page.replace("{page}", place < 0 ? "" : links(preloads.get(place)))
                .replace("{files}", up + FILES + build);
        return new ConsoleFile(
                "text/html; charset=utf-8",
                build + "-" + depth + "-" + place,
                true,
                false,
                ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer());
    }

    /** The place of the address's page among those of the console; -1 when there is none. */
    private int placeOf(String path) {
        String address = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        for (int place = 0; place < preloads.size(); place++) {
            if (address.matches(
                    preloads.get(place).substring(0, preloads.get(place).indexOf('\t')))) {
                return place;
            }
        }
        return -1;
    }

    /** Tells a browser of the modules that the page needs besides those that all pages need. */
    private static String links(String line) {
        StringBuilder links = new StringBuilder();
        for (String module : line.substring(line.indexOf('\t') + 1).split(" ", -1)) {
            if (!module.isEmpty()) {
                links.append("<link rel=\"modulepreload\" href=\"{files}/")
                        .append(module)
                        .append("\">\n");
            }
        }
        return links.toString();
    }

    private Optional<ConsoleFile> asset(String name) {
        ConsoleFile known = kept.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        byte[] bytes = type != null && NAME.matcher(name).matches() ? bytes("files/" + name + ".gz") : null;
        if (type == null || bytes == null) {
            return Optional.empty();
        }
        var file =
                new ConsoleFile(type, build, false, true, ByteBuffer.wrap(bytes).asReadOnlyBuffer());
        kept.put(name, file);
        return Optional.of(file);
    }

    private static String text(String name) {
        byte[] bytes = bytes(name);
        if (bytes == null) {
            throw new IllegalStateException("The bundle has no " + name + ".");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] bytes(String name) {
        try (InputStream resource = ConsoleFiles.class.getResourceAsStream(name)) {
            return resource == null ? null : resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The console's " + name + " cannot be read.", e);
        }
    }
}
