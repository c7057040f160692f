package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.deploy.TestServer.byHand;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.deploy.artifact.EmbeddingAdvice;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Third-party jars from Maven Central: an ordinary library bundle, a large one that imports a package that no bundle exports, one signed by
 * its makers, and one that is not a bundle.
 */
final class ThirdPartyBundleTest {

    private static final String API = "dev.pawl.api.module;version=\"[1.0,2)\"";

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    private static Path bundle(String name) {
        return TestServer.BUNDLES.resolve(name + ".jar");
    }

    private ProblemException refusal(Path jar) {
        ProblemException refused = server.refusal(jar);
        assertEquals(Map.of(), server.state());
        return refused;
    }

    @ParameterizedTest
    @ValueSource(strings = {"commons-lang3", "guava", "org.eclipse.jgit"})
    void aLibraryIsReadToItsEndAndIsNoModule(String name) {
        ProblemException refused = refusal(bundle(name));

        assertEquals(ProblemCode.NO_MODULE_INSIDE, refused.code());
        assertEquals(
                "The bundle has no usable module: its manifest has no Provide-Capability in the namespace"
                        + " dev.pawl.module; `@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)` and"
                        + " `@AutomationModule(…)` above a class that implements Module make one, and a library is embedded in"
                        + " the bundles that use it.",
                refused.getMessage());
    }

    @Test
    void whatALibraryImportsAndNobodyHasIsNamed() throws Exception {
        ModuleJarBuilder module = module("guava").header("Bundle-SymbolicName", "com.google.guava");
        try (ZipFile guava = new ZipFile(bundle("guava").toFile())) {
            for (Enumeration<? extends ZipEntry> entries = guava.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".class")) {
                    module.entry(entry.getName(), guava.getInputStream(entry).readAllBytes());
                }
            }
            String imports = header(guava, "Import-Package");
            module.header("Import-Package", API + "," + imports);
        }

        ProblemException refused = refusal(module.write(folder.resolve("guava.jar")));

        assertEquals(ProblemCode.UNRESOLVED, refused.code());
        assertEquals(
                "The bundle com.google.guava 1.0.0 does not resolve; missing: package"
                        + " com.google.common.util.concurrent.internal [1.0.0,2.0.0)."
                        + EmbeddingAdvice.hint(List.of("com.google.common.util.concurrent.internal")),
                refused.getMessage());
    }

    @Test
    void aModuleThatImportsALibraryIsToldWhichPackageIsMissing() {
        Path jar = module("alpha")
                .header("Import-Package", API + ",org.apache.commons.lang3;version=\"[3.0,4)\"")
                .write(folder.resolve("alpha.jar"));

        assertEquals(
                "The bundle test.alpha 1.0.0 does not resolve; missing: package org.apache.commons.lang3 [3.0.0,4.0.0)."
                        + EmbeddingAdvice.hint(List.of("org.apache.commons.lang3")),
                refusal(jar).getMessage());
    }

    @Test
    void aModuleThatEmbedsALargeLibraryServes() throws Exception {
        Path jar = embedding("guava");

        server.deployer.install(jar, byHand());

        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertNotNull(server.bundles().installed().get(0).loadClass("com.google.common.collect.ImmutableList"));
    }

    @Test
    void aJarThatIsNoBundleIsToldSo() {
        ProblemException refused = refusal(bundle("archunit"));

        assertEquals(ProblemCode.NOT_A_BUNDLE, refused.code());
        assertTrue(refused.getMessage().contains("Bundle-SymbolicName"), refused::getMessage);
    }

    @Test
    void aModuleMayEmbedALibraryThatOthersSigned() throws Exception {
        server.deployer.install(embedding("org.eclipse.jgit"), byHand());

        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
        assertNotNull(server.bundles().installed().get(0).loadClass("org.eclipse.jgit.lib.ObjectId"));
    }

    @Test
    void theSignatureOfALibraryWhoseClassesWereCopiedVouchesForNoModule() throws Exception {
        ModuleJarBuilder shaded = module("alpha");
        try (ZipFile library = new ZipFile(bundle("org.eclipse.jgit").toFile())) {
            for (ZipEntry entry : Collections.list(library.entries())) {
                if (entry.getName().matches("META-INF/[^/]+[.](SF|RSA|EC)|org/eclipse/jgit/lib/ObjectId.class")) {
                    shaded.entry(entry.getName(), library.getInputStream(entry).readAllBytes());
                }
            }
        }
        Path jar = shaded.write(folder.resolve("shaded.jar"));
        Path keys = new JarSigning(folder).key("release");
        server.close();
        server.start(Map.of("pawl.trusted.keys", keys.toString()));

        ProblemException refused = refusal(jar);

        assertEquals(ProblemCode.UNTRUSTED, refused.code());
    }

    private Path embedding(String library) throws IOException {
        return module("alpha")
                .header("Bundle-ClassPath", ".,lib/" + library + ".jar")
                .entry("lib/" + library + ".jar", Files.readAllBytes(bundle(library)))
                .write(folder.resolve("alpha.jar"));
    }

    private static String header(ZipFile jar, String name) throws IOException {
        return new Manifest(jar.getInputStream(jar.getEntry(JarFile.MANIFEST_NAME)))
                .getMainAttributes()
                .getValue(name);
    }
}
