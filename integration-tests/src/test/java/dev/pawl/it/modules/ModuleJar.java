package dev.pawl.it.modules;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;

/** Packs a package of these tests as a module bundle, as an outside author would do with bnd. */
public final class ModuleJar {

    private ModuleJar() {}

    /** Packs the package of {@code module}. */
    public static Path of(Class<?> module, String version, Path folder) {
        return of(module, version, folder, Map.of());
    }

    /** Packs the package of {@code module} with further bnd instructions. */
    public static Path of(Class<?> module, String version, Path folder, Map<String, String> instructions) {
        try (Builder builder = new Builder()) {
            builder.addClasspath(new File(
                    module.getProtectionDomain().getCodeSource().getLocation().toURI()));
            builder.addClasspath(new File(dev.pawl.api.module.Module.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()));
            builder.setProperty("Bundle-SymbolicName", module.getPackageName());
            builder.setProperty("Bundle-Version", version);
            builder.setProperty("Private-Package", module.getPackageName());
            builder.setProperty("-noimportjava", "true");
            instructions.forEach(builder::setProperty);
            try (Jar jar = builder.build()) {
                if (!builder.isOk()) {
                    throw new IllegalStateException("bnd refused: " + builder.getErrors() + builder.getWarnings());
                }
                Path file = folder.resolve(module.getPackageName() + "-" + version + ".jar");
                jar.write(file.toFile());
                return file;
            }
        } catch (Exception e) {
            throw new IllegalStateException("Cannot pack " + module, e);
        }
    }
}
