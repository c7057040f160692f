package dev.pawl.samples.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

            assertTrue(capabilities.contains(";id=hello;name=\"Hello World\";description="), capabilities);
            assertTrue(capabilities.contains("description=\"Greets somebody a number of times.\""), capabilities);
            assertTrue(capabilities.contains("capabilities:List<String>=\"greeting,sample\""), capabilities);
            assertEquals("dev.pawl.hello", jar.getManifest().getMainAttributes().getValue("Bundle-SymbolicName"));
        }
    }

    @Test
    void theComponentCarriesTheServiceProperties() throws Exception {
        try (JarFile jar = new JarFile(System.getProperty("pawl.test.jar"))) {
            String component = read(jar, jar.getManifest().getMainAttributes().getValue("Service-Component"));

            assertTrue(component.contains("<service scope=\"prototype\">"), component);
            assertTrue(component.contains("<provide interface=\"dev.pawl.api.module.Module\"/>"), component);
            assertTrue(
                    component.contains("<property name=\"pawl.module.id\" type=\"String\" value=\"hello\"/>"),
                    component);
            assertTrue(
                    component.contains(
                            "<property name=\"pawl.module.inputs\" type=\"String\" value=\"dev.pawl.samples.hello.HelloModule$Inputs\"/>"),
                    component);
            assertTrue(
                    component.contains("<property name=\"pawl.module.concurrency\" type=\"Integer\" value=\"0\"/>"),
                    component);
        }
    }
}
