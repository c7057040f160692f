package dev.pawl.runtime;

import dev.pawl.runtime.files.Distribution;
import dev.pawl.runtime.framework.BundleList;
import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The distribution's bundles on a plain class path, for work without a framework. Nothing is started, so that a store which no server could
 * open can still be checked or replaced, and a jar can be read where no server runs.
 */
final class OfflineBundles implements AutoCloseable {

    private final URLClassLoader loader;

    private OfflineBundles(URLClassLoader loader) {
        this.loader = loader;
    }

    static OfflineBundles of(Distribution distribution) throws StartException {
        List<URL> jars = new ArrayList<>();
        try {
            for (Path file : BundleList.of(distribution.bundles()).files()) {
                jars.add(url(file));
            }
        } catch (MalformedURLException e) {
            throw new StartException(
                    "The folder " + distribution.home() + " is not a distribution of Pawl (" + e + ").");
        }
        return new OfflineBundles(new URLClassLoader(jars.toArray(URL[]::new), OfflineBundles.class.getClassLoader()));
    }

    /** The implementation that one of the bundles has. */
    <T> T find(Class<T> type) throws StartException {
        return ServiceLoader.load(type, loader)
                .findFirst()
                .orElseThrow(() -> new StartException(
                        "The distribution does not contain a bundle with " + type.getSimpleName() + "."));
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
    }
}
