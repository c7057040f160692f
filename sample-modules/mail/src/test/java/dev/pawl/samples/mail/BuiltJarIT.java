package dev.pawl.samples.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** Reads the built jar: a server judges a module by its contents. */
final class BuiltJarIT {

    @Test
    void theManifestNamesTheModule() throws Exception {
        try (JarFile jar = new JarFile(System.getProperty("pawl.test.jar"))) {
            Attributes manifest = jar.getManifest().getMainAttributes();

            assertTrue(
                    manifest.getValue("Provide-Capability").contains(";id=mail;name=Mail;description="),
                    manifest.getValue("Provide-Capability"));
            assertEquals("dev.pawl.mail", manifest.getValue("Bundle-SymbolicName"));
            assertNull(manifest.getValue("Export-Package"));
            assertNull(manifest.getValue("Bundle-Activator"));
        }
    }

    @Test
    void theLibrariesAreInsideAsJars() throws Exception {
        try (JarFile jar = new JarFile(System.getProperty("pawl.test.jar"))) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            String path = manifest.getValue("Bundle-ClassPath");

            for (String library : List.of("jakarta.mail-api", "jakarta.activation-api", "angus-core", "smtp")) {
                assertTrue(path.contains("lib/" + library + "-"), path);
            }
            assertFalse(path.contains("angus-activation"), path);
            assertNotNull(jar.getEntry("dev/pawl/file/NamedFiles.class"));
            assertFalse(manifest.getValue("Import-Package").contains("jakarta."), manifest.getValue("Import-Package"));
        }
    }
}
