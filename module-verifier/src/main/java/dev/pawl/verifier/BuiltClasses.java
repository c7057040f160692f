package dev.pawl.verifier;

import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Resource;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Loads the classes of a module that is being built, with those of its libraries. No code of the module is run by that. */
final class BuiltClasses extends ClassLoader {

    private static final String API = "dev.pawl.api.";
    private static final String CLASS = ".class";

    private final Jar own;
    private final List<Jar> places = new ArrayList<>();

    /** @throws Exception when an embedded jar cannot be read */
    BuiltClasses(Analyzer analyzer) throws Exception {
        super(BuiltClasses.class.getClassLoader());
        own = analyzer.getJar();
        places.add(own);
        for (Map.Entry<String, Resource> entry : own.getResources().entrySet()) {
            if (entry.getKey().endsWith(".jar")) {
                places.add(Jar.fromResource(entry.getKey(), entry.getValue()));
            }
        }
        places.addAll(analyzer.getClasspath());
    }

    /** The classes at the root of the jar, which are the module's own, as far as they can be loaded. */
    List<Class<?>> own() {
        List<Class<?>> classes = new ArrayList<>();
        for (String path : own.getResources().keySet()) {
            if (path.endsWith(CLASS) && !path.endsWith("-info.class") && !path.startsWith("META-INF/")) {
                load(path.substring(0, path.length() - CLASS.length()).replace('/', '.'))
                        .ifPresent(classes::add);
            }
        }
        return classes;
    }

    /** A class, which is not initialized. */
    Optional<Class<?>> load(String name) {
        try {
            return Optional.of(loadClass(name));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** The API is that of this check; everything else is the module's first. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            byte @Nullable [] bytes = name.startsWith(API) || name.startsWith("java.") ? null : bytes(name);
            return bytes == null ? super.loadClass(name, resolve) : defineClass(name, bytes, 0, bytes.length);
        }
    }

    private byte @Nullable [] bytes(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + CLASS;
        for (Jar place : places) {
            Resource resource = place.getResource(path);
            if (resource != null) {
                try (InputStream in = resource.openInputStream()) {
                    return in.readAllBytes();
                } catch (Exception e) { // declared by bnd
                    throw new ClassNotFoundException(name, e);
                }
            }
        }
        return null;
    }
}
