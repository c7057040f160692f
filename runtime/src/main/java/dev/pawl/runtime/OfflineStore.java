package dev.pawl.runtime;

import dev.pawl.launch.OfflineUpkeep;
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
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * The store's upkeep without a framework: the distribution's bundles on a plain class path, of which the store offers an
 * {@link OfflineUpkeep}. Nothing is started, so that a store which no server could open can still be checked or replaced.
 */
final class OfflineStore implements AutoCloseable {

    private final URLClassLoader loader;
    private final OfflineUpkeep upkeep;

    private OfflineStore(URLClassLoader loader) throws StartException {
        this.loader = loader;
        this.upkeep = ServiceLoader.load(OfflineUpkeep.class, loader)
                .findFirst()
                .orElseThrow(() ->
                        new StartException("The distribution does not contain a store with maintenance functions."));
    }

    static OfflineStore of(Distribution distribution) throws StartException {
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(distribution.bundles())) {
            for (Path file : files.sorted().toList()) {
                jars.add(url(file));
            }
        } catch (IOException e) {
            throw new StartException(
                    "The folder " + distribution.home() + " is not a distribution of Pawl (" + e + ").");
        }
        return new OfflineStore(new URLClassLoader(jars.toArray(URL[]::new), OfflineStore.class.getClassLoader()));
    }

    OfflineUpkeep upkeep() {
        return upkeep;
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
    }
}
