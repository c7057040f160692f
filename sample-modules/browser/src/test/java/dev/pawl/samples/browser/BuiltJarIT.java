package dev.pawl.samples.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** Reads the built jar: a server judges a module by its contents. */
final class BuiltJarIT {

    private static final long MOST_BYTES = 1_000_000;

    private static JarFile jar() throws Exception {
        return new JarFile(System.getProperty("pawl.test.jar"));
    }

    private static String header(JarFile jar, String name) throws Exception {
        return String.valueOf(jar.getManifest().getMainAttributes().getValue(name));
    }

    @Test
    void theManifestNamesTheModule() throws Exception {
        try (JarFile jar = jar()) {
            String capabilities = header(jar, "Provide-Capability");

            assertTrue(capabilities.contains(";id=browser;name=Browser;"), capabilities);
            assertTrue(capabilities.contains("capabilities:List<String>=\"browser,proxy,sample\""), capabilities);
            assertEquals("dev.pawl.browser", header(jar, "Bundle-SymbolicName"));
        }
    }

    @Test
    void theModuleNeedsThePoolThatAChromiumGives() throws Exception {
        try (JarFile jar = jar();
                var component =
                        jar.getInputStream(jar.getEntry("OSGI-INF/dev.pawl.samples.browser.BrowserModule.xml"))) {
            String text = new String(component.readAllBytes(), StandardCharsets.UTF_8);

            assertTrue(text.contains("interface=\"dev.pawl.samples.browser.BrowserPool\""), text);
            assertTrue(header(jar, "Service-Component").contains("dev.pawl.samples.browser.chromium.xml"));
        }
    }

    @Test
    void ofSeleniumOnlyTheDevToolsConnectionIsInside() throws Exception {
        try (JarFile jar = jar()) {
            assertNotNull(jar.getEntry("org/openqa/selenium/devtools/Connection.class"));
            assertTrue(header(jar, "Pawl-Embedded").contains("org.seleniumhq.selenium:selenium-json:4."));
            assertNull(jar.getEntry("org/openqa/selenium/remote/RemoteWebDriver.class"));
            assertFalse(header(jar, "Import-Package").contains("com.google"), header(jar, "Import-Package"));
            assertTrue(Files.size(Path.of(System.getProperty("pawl.test.jar"))) < MOST_BYTES);
        }
    }
}
