package dev.pawl.scheduler.catalog;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** Loads classes from a jar and the jars in it; those of the API are the server's. */
final class JarClasses extends URLClassLoader {

    private static final String API = "dev.pawl.api.";

    private final ZipFile jar;

    JarClasses(Path file) throws IOException {
        super(new URL[] {file.toUri().toURL()}, JarClasses.class.getClassLoader());
        jar = new ZipFile(file.toFile());
    }

    /** The module's classes come first: a server shows it none of its own but the API. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            if (name.startsWith(API) || name.startsWith("java.")) {
                return super.loadClass(name, resolve);
            }
            try {
                return findClass(name);
            } catch (ClassNotFoundException elsewhere) {
                return super.loadClass(name, resolve);
            }
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try {
            return super.findClass(name);
        } catch (ClassNotFoundException notAtTheRoot) {
            byte[] bytes = embedded(name.replace('.', '/') + ".class");
            if (bytes == null) {
                throw notAtTheRoot;
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    private byte @Nullable [] embedded(String path) throws ClassNotFoundException {
        try {
            for (ZipEntry entry :
                    jar.stream().filter(one -> one.getName().endsWith(".jar")).toList()) {
                try (InputStream in = jar.getInputStream(entry);
                        ZipInputStream library = new ZipInputStream(new ByteArrayInputStream(in.readAllBytes()))) {
                    for (ZipEntry each = library.getNextEntry(); each != null; each = library.getNextEntry()) {
                        if (each.getName().equals(path)) {
                            return library.readAllBytes();
                        }
                    }
                }
            }
            return null;
        } catch (IOException e) {
            throw new ClassNotFoundException(path, e);
        }
    }

    @Override
    public void close() throws IOException {
        jar.close();
        super.close();
    }
}
