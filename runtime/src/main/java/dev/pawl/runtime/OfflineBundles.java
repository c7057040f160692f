package dev.pawl.runtime;

import dev.pawl.runtime.files.Distribution;
import dev.pawl.runtime.framework.BundleList;
import dev.pawl.runtime.settings.Settings;
import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

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
        return of(distribution, BundleList.of(distribution.bundles()).files());
    }

    /** With those of both kinds of stores. */
    static OfflineBundles ofAllStores(Distribution distribution) throws StartException {
        Set<Path> files =
                new LinkedHashSet<>(BundleList.of(distribution.bundles()).files());
        files.addAll(BundleList.of(distribution.bundles(), Settings.STORE_URL::equals)
                .files());
        return of(distribution, files);
    }

    private static OfflineBundles of(Distribution distribution, Collection<Path> files) throws StartException {
        List<URL> jars = new ArrayList<>();
        try {
            for (Path file : files) {
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

    /** All implementations that the bundles have. */
    <T> Stream<T> all(Class<T> type) {
        return ServiceLoader.load(type, loader).stream().map(ServiceLoader.Provider::get);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
    }
}
