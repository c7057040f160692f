package dev.pawl.samples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
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

            assertTrue(capabilities.contains(";id=http;name=HTTP;description="), capabilities);
            assertTrue(capabilities.contains("capabilities:List<String>=\"http,proxy,sample\""), capabilities);
            assertTrue(
                    capabilities.contains("enabled:Boolean=false") || capabilities.contains("enabled=false"),
                    capabilities);
            assertEquals(
                    "dev.pawl.http-client",
                    jar.getManifest().getMainAttributes().getValue("Bundle-SymbolicName"));
        }
    }

    @Test
    void theComponentCarriesTheServiceProperties() throws Exception {
        try (JarFile jar = new JarFile(System.getProperty("pawl.test.jar"))) {
            String component = read(jar, jar.getManifest().getMainAttributes().getValue("Service-Component"));

            assertTrue(component.contains("<service scope=\"prototype\">"), component);
            assertTrue(
                    component.contains("<property name=\"pawl.module.id\" type=\"String\" value=\"http\"/>"),
                    component);
            assertTrue(
                    component.contains(
                            "<property name=\"pawl.module.settings\" type=\"String\" value=\"dev.pawl.samples.http.HttpSettings\"/>"),
                    component);
        }
    }

    @Test
    void theLibrariesAreInsideAndExportedToNobody() throws Exception {
        try (JarFile jar = new JarFile(System.getProperty("pawl.test.jar"))) {
            for (String inside : List.of(
                    "dev/pawl/web/WebClient.class",
                    "org/apache/hc/client5/http/impl/classic/HttpClientBuilder.class",
                    "org/apache/hc/core5/http/HttpHost.class",
                    "com/fasterxml/jackson/databind/json/JsonMapper.class")) {
                assertNotNull(jar.getEntry(inside), inside);
            }
            assertEquals(null, jar.getManifest().getMainAttributes().getValue("Export-Package"));
            String imports = jar.getManifest().getMainAttributes().getValue("Import-Package");
            assertTrue(imports.contains("org.slf4j"), imports);
            assertFalse(imports.contains("com.fasterxml.jackson"), imports);
            for (String mandatory : imports.split(",(?=[a-z])", -1)) {
                assertTrue(
                        mandatory.contains("resolution:=optional")
                                || Pattern.matches("(dev\\.pawl\\.api|org\\.slf4j).*", mandatory),
                        mandatory);
            }
        }
    }
}
