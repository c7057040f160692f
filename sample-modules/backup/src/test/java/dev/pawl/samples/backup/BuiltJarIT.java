package dev.pawl.samples.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** Reads the built jar: a server judges a module by its contents. */
final class BuiltJarIT {

    @Test
    void theManifestNamesTheModuleAndItStaysOffUntilItIsEnabled() throws Exception {
        try (JarFile jar = new JarFile(System.getProperty("pawl.test.jar"))) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            String capabilities = manifest.getValue("Provide-Capability");

            assertTrue(capabilities.contains(";id=backup;name=Backup;"), capabilities);
            assertTrue(
                    capabilities.contains("enabled:Boolean=false") || capabilities.contains("enabled=false"),
                    capabilities);
            assertEquals("dev.pawl.backup", manifest.getValue("Bundle-SymbolicName"));
        }
    }

    @Test
    void itsLibrariesLieInside() throws Exception {
        try (JarFile jar = new JarFile(System.getProperty("pawl.test.jar"))) {
            List<String> libraries = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("lib/") && name.endsWith(".jar"))
                    .map(name -> name.replaceAll("lib/|-[0-9.]+\\.jar", ""))
                    .sorted()
                    .toList();

            assertEquals(
                    List.of("aircompressor", "commons-codec", "commons-compress", "commons-io", "commons-lang3"),
                    libraries);
            assertNotNull(jar.getEntry("dev/pawl/file/WholeFile.class"));
            assertNotNull(jar.getEntry("dev/pawl/process/Program.class"));
            String imports = jar.getManifest().getMainAttributes().getValue("Import-Package");
            assertFalse(imports.contains("dev.pawl.file"), imports);
        }
    }
}
