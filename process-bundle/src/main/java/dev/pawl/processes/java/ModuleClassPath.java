package dev.pawl.processes.java;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.slf4j.Logger;

/**
 * The class path of the JVM of a module: what the server's own program there needs, read in place, then the contents of the module's bundle
 * and the jars inside it, written into the bundle's data area once for each version. Safe for many threads.
 */
final class ModuleClassPath {

    private static final List<String> OF_THE_SERVER = List.of(
            "dev.pawl.scheduler-bundle",
            "dev.pawl.api-bundle",
            "dev.pawl.service-bundle",
            "com.fasterxml.jackson.core.jackson-core",
            "com.fasterxml.jackson.core.jackson-annotations",
            "com.fasterxml.jackson.core.jackson-databind");

    private final Bundle module;
    private final JvmParts parts;
    private @Nullable List<Path> all;

    ModuleClassPath(Bundle module, JvmParts parts) {
        this.module = module;
        this.parts = parts;
    }

    /** The jars of the server that each such JVM needs, in an order that stays the same. */
    static List<Path> ofTheServer(BundleContext context) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String name : OF_THE_SERVER) {
            jars.add(Arrays.stream(context.getBundles())
                    .filter(bundle -> name.equals(bundle.getSymbolicName()))
                    .map(ModuleClassPath::file)
                    .findFirst()
                    .orElseThrow(() -> new IOException("The server has no bundle " + name + ".")));
        }
        jars.add(jarOf(Logger.class)); // both are the framework's own
        jars.add(jarOf(Bundle.class));
        return jars;
    }

    private static Path jarOf(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static Path file(Bundle bundle) {
        String location = bundle.getLocation();
        return Path.of(URI.create(location.substring(location.startsWith("reference:") ? "reference:".length() : 0)));
    }

    /** All jars; they are there when this returns. */
    synchronized List<Path> jars() throws IOException {
        List<Path> known = all;
        if (known == null) {
            known = new ArrayList<>(parts.jars());
            known.addAll(ofTheModule());
            all = known;
        }
        return known;
    }

    /** The folder of the jars of the module. */
    Path folder() throws IOException {
        File area = module.getDataFile("java-" + module.getLastModified());
        if (area == null) {
            throw new IOException("The framework has no files.");
        }
        return area.toPath().toAbsolutePath();
    }

    private List<Path> ofTheModule() throws IOException {
        Path folder = Files.createDirectories(folder());
        List<Path> jars = new ArrayList<>();
        String header = Objects.requireNonNullElse(module.getHeaders("").get(Constants.BUNDLE_CLASSPATH), ".");
        for (String clause : header.split(",", -1)) {
            String entry = clause.strip();
            Path jar = folder.resolve(jars.size() + ".jar");
            jars.add(jar);
            if (!Files.exists(jar)) {
                Path draft = folder.resolve("draft");
                if (entry.equals(".")) {
                    writeContents(draft);
                } else {
                    copy(entry, draft);
                }
                Files.move(draft, jar, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return jars;
    }

    private void writeContents(Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (URL entry : Collections.list(module.findEntries("/", "*", true))) {
                String name = entry.getPath().substring(1);
                if (!name.endsWith("/")) {
                    zip.putNextEntry(new ZipEntry(name));
                    try (InputStream in = entry.openStream()) {
                        in.transferTo(zip);
                    }
                }
            }
        }
    }

    private void copy(String entry, Path jar) throws IOException {
        URL nested = module.getEntry(entry);
        if (nested == null) {
            throw new IOException("Its Bundle-ClassPath names " + entry + ", which is not in it.");
        }
        try (InputStream in = nested.openStream()) {
            Files.copy(in, jar, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
