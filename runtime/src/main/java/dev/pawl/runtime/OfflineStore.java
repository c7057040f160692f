package dev.pawl.runtime;

import dev.pawl.runtime.files.Distribution;
import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The store's upkeep without a framework: the distribution's bundles on a plain class path, of which the store offers a function of JDK
 * types. Nothing is started, so that a store which no server could open can still be checked or replaced.
 */
final class OfflineStore implements AutoCloseable {

    private final URLClassLoader loader;
    private final BiFunction<String, Map<String, String>, Map<String, Object>> upkeep;

    @SuppressWarnings("unchecked") // what the store offers, by its documentation
    private OfflineStore(URLClassLoader loader) throws StartException {
        this.loader = loader;
        this.upkeep = ServiceLoader.load(BiFunction.class, loader)
                .findFirst()
                .orElseThrow(() -> new StartException("The distribution has no store that can be kept in order."));
    }

    static OfflineStore of(Distribution distribution) throws StartException {
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(distribution.bundles())) {
            for (Path file : files.sorted().toList()) {
                jars.add(url(file));
            }
        } catch (IOException e) {
            throw new StartException("There is no distribution of Pawl in " + distribution.home() + " (" + e + ").");
        }
        return new OfflineStore(new URLClassLoader(jars.toArray(URL[]::new), OfflineStore.class.getClassLoader()));
    }

    Map<String, Object> apply(String work, Map<String, String> arguments) {
        return upkeep.apply(work, arguments);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
    }
}
