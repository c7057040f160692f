package dev.pawl.benchmarks;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import dev.pawl.benchmarks.modules.noop.NoOpModule;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Packs modules of the benchmarks into bundles with bnd, as a module author would. */
public final class ModuleJar {

    private ModuleJar() {}

    /** A bundle of the modules in the package of a class. */
    static Path of(Class<?> module, String version, Path folder) throws Exception {
        return of(fileOf(module), module.getPackageName(), "", version, folder);
    }

    private static Path of(File classes, String name, String suffix, String version, Path folder) throws Exception {
        try (Builder builder = new Builder()) {
            builder.addClasspath(classes);
            builder.addClasspath(fileOf(dev.pawl.api.module.Module.class));
            builder.addClasspath(fileOf(dev.pawl.service.job.Scheduler.class));
            builder.setProperty("Bundle-SymbolicName", name + suffix);
            builder.setProperty("Bundle-Version", version);
            builder.setProperty("Private-Package", name);
            builder.setProperty("Import-Package", "!org.jspecify.annotations,*"); // needed only by the compiler
            builder.setProperty("-noimportjava", "true");
            try (Jar jar = builder.build()) {
                if (!builder.isOk()) {
                    throw new IllegalStateException("bnd refused: " + builder.getErrors() + builder.getWarnings());
                }
                Path file = Files.createDirectories(folder).resolve(name + suffix + "-" + version + ".jar");
                jar.write(file.toFile());
                return file;
            }
        }
    }

    /** One of up to a thousand bundles alike but for their names and the ids of their modules, {@code m000} and so on. */
    static Path numbered(int number, Path folder) throws Exception {
        String id = String.format(java.util.Locale.ROOT, "m%03d", number);
        String path = NoOpModule.class.getName().replace('.', '/') + ".class";
        byte[] bytes = Files.readAllBytes(fileOf(NoOpModule.class).toPath().resolve(path));
        // In a class file each character of this set is a byte; \1 and the length come before a text.
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("\1\0\4noop", "\1\0\4" + id);
        Path file = folder.resolve("classes-" + id).resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
        return of(
                folder.resolve("classes-" + id).toFile(), NoOpModule.class.getPackageName(), "." + id, "1.0.0", folder);
    }

    private static File fileOf(Class<?> type) throws Exception {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
