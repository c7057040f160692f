package dev.pawl.samples.handbrake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** Reads the built jar: a server judges a module by its contents. */
final class BuiltJarIT {

    @Test
    void theManifestNamesTheModule() throws Exception {
        try (JarFile jar = new JarFile(System.getProperty("pawl.test.jar"))) {
            String capabilities = jar.getManifest().getMainAttributes().getValue("Provide-Capability");

            assertTrue(capabilities.contains(";id=handbrake;name=HandBrake;description="), capabilities);
            assertTrue(
                    capabilities.contains("enabled:Boolean=false") || capabilities.contains("enabled=false"),
                    capabilities);
            assertEquals(
                    "dev.pawl.handbrake", jar.getManifest().getMainAttributes().getValue("Bundle-SymbolicName"));
        }
    }

    @Test
    void theLibrariesLieInTheJarAndNothingOfThemIsImported() throws Exception {
        try (JarFile jar = new JarFile(System.getProperty("pawl.test.jar"))) {
            String imports = jar.getManifest().getMainAttributes().getValue("Import-Package");

            assertFalse(imports.contains("jackson"), imports);
            assertFalse(imports.contains("dev.pawl.file") || imports.contains("dev.pawl.process"), imports);
            assertNotNull(jar.getEntry("com/fasterxml/jackson/jr/ob/JSON.class"));
            assertNotNull(jar.getEntry("dev/pawl/process/Program.class"));
            assertNotNull(jar.getEntry("dev/pawl/file/WholeFile.class"));
        }
    }
}
