package dev.pawl.samples.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** Reads the built jar: a server judges a module by its contents. */
final class BuiltJarIT {

    private static String read(JarFile jar, String entry) throws Exception {
        try (var in = jar.getInputStream(jar.getEntry(entry))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theManifestNamesTheModule() throws Exception {
        try (JarFile jar = new JarFile(System.getProperty("pawl.test.jar"))) {
            String capabilities = jar.getManifest().getMainAttributes().getValue("Provide-Capability");

            assertTrue(capabilities.contains(";id=cleanup;name=Cleanup;description="), capabilities);
            assertTrue(
                    capabilities.contains(
                            "description=\"Deletes, copies and moves files, leaving nothing half done.\""),
                    capabilities);
            assertTrue(capabilities.contains("capabilities:List<String>=\"files,sample\""), capabilities);
            assertEquals("dev.pawl.files", jar.getManifest().getMainAttributes().getValue("Bundle-SymbolicName"));
        }
    }

    @Test
    void theLibraryOfFilesIsInsideAndNotShared() throws Exception {
        try (JarFile jar = new JarFile(System.getProperty("pawl.test.jar"))) {
            assertNotNull(jar.getEntry("dev/pawl/file/NamedFiles.class"));
            String imports = jar.getManifest().getMainAttributes().getValue("Import-Package");
            assertFalse(imports.contains("dev.pawl.file"), imports);
            assertNull(jar.getManifest().getMainAttributes().getValue("Export-Package"));
        }
    }

    @Test
    void theComponentCarriesTheServiceProperties() throws Exception {
        try (JarFile jar = new JarFile(System.getProperty("pawl.test.jar"))) {
            String component = read(jar, jar.getManifest().getMainAttributes().getValue("Service-Component"));

            assertTrue(component.contains("<service scope=\"prototype\">"), component);
            assertTrue(component.contains("<provide interface=\"dev.pawl.api.module.Module\"/>"), component);
            assertTrue(
                    component.contains("<property name=\"pawl.module.id\" type=\"String\" value=\"cleanup\"/>"),
                    component);
            assertTrue(
                    component.contains(
                            "<property name=\"pawl.module.inputs\" type=\"String\" value=\"dev.pawl.samples.files.CleanupModule$Inputs\"/>"),
                    component);
            assertTrue(
                    component.contains("<property name=\"pawl.module.concurrency\" type=\"Integer\" value=\"0\"/>"),
                    component);
        }
    }
}
