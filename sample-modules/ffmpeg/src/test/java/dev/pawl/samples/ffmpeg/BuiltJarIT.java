package dev.pawl.samples.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;

/** Reads the built jar: a server judges a module by its contents. */
final class BuiltJarIT {

    @Test
    void theManifestNamesTheModuleAndTheLibrariesAreInside() throws Exception {
        try (JarFile jar = new JarFile(System.getProperty("pawl.test.jar"))) {
            Manifest manifest = jar.getManifest();
            String capabilities = manifest.getMainAttributes().getValue("Provide-Capability");

            assertTrue(capabilities.contains(";id=ffmpeg;name=FFmpeg;description="), capabilities);
            assertTrue(
                    capabilities.contains("enabled:Boolean=false") || capabilities.contains("enabled=false"),
                    capabilities);
            assertEquals("dev.pawl.ffmpeg", manifest.getMainAttributes().getValue("Bundle-SymbolicName"));
            assertNotNull(jar.getEntry("dev/pawl/process/Program.class"));
            assertNotNull(jar.getEntry("dev/pawl/file/WholeFile.class"));
        }
    }

    @Test
    void itImportsTheApiAlone() throws Exception {
        try (JarFile jar = new JarFile(System.getProperty("pawl.test.jar"))) {
            String imports = jar.getManifest().getMainAttributes().getValue("Import-Package");

            assertTrue(imports.contains("dev.pawl.api.module"), imports);
            assertTrue(!imports.contains("dev.pawl.process") && !imports.contains("dev.pawl.file"), imports);
        }
    }
}
