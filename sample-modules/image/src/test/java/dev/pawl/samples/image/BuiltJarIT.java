package dev.pawl.samples.image;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** Reads the built jar: a server judges a module by its contents. */
final class BuiltJarIT {

    @Test
    void theManifestAsksForAProcessAndImportsNothingThatIsNotThere() throws Exception {
        try (JarFile jar = new JarFile(System.getProperty("pawl.test.jar"))) {
            String capabilities = jar.getManifest().getMainAttributes().getValue("Provide-Capability");
            String imports = jar.getManifest().getMainAttributes().getValue("Import-Package");

            assertTrue(capabilities.contains("isolation=PROCESS"), capabilities);
            assertTrue(capabilities.contains("memory=256m"), capabilities);
            assertFalse(imports.contains("dev.pawl.file"), imports);
            assertNotNull(jar.getEntry("dev/pawl/file/WholeFile.class"));
        }
    }
}
