package dev.pawl.benchmarks;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** Packs modules of the benchmarks into bundles with bnd, as a module author would. */
public final class ModuleJar {

    private ModuleJar() {}

    /** A bundle of the modules in the package of a class. */
    static Path of(Class<?> module, String version, Path folder) throws Exception {
        try (Builder builder = new Builder()) {
            builder.addClasspath(fileOf(module));
            builder.addClasspath(fileOf(dev.pawl.api.module.Module.class));
            String name = module.getPackageName();
            builder.setProperty("Bundle-SymbolicName", name);
            builder.setProperty("Bundle-Version", version);
            builder.setProperty("Private-Package", name);
            builder.setProperty("Import-Package", "!org.jspecify.annotations,*"); // needed only by the compiler
            builder.setProperty("-noimportjava", "true");
            try (Jar jar = builder.build()) {
                if (!builder.isOk()) {
                    throw new IllegalStateException("bnd refused: " + builder.getErrors() + builder.getWarnings());
                }
                Path file = Files.createDirectories(folder).resolve(name + "-" + version + ".jar");
                jar.write(file.toFile());
                return file;
            }
        }
    }

    private static File fileOf(Class<?> type) throws Exception {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
