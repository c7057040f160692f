package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.deploy.bundle.ModuleBundles;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** A framework whose resolver hook hides a bundle from modules, as the launcher's does: a jar is checked with the same hook. */
final class HiddenPackagesTest {

    private static final String API = "dev.pawl.api.module;version=\"[1.0,2)\"";
    private static final String HIDDEN = "org.apache.felix.scr";

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    @BeforeEach
    void hide() {
        ResolverHookFactory hiding = triggers -> new Hiding();
        server.framework
                .getBundleContext()
                .registerService(
                        ResolverHookFactory.class,
                        hiding,
                        FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, Integer.MAX_VALUE)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Import-Package | " + API + ",org.apache.felix.scr.info | package org.apache.felix.scr.info",
                "Import-Package | " + API
                        + ",org.apache.felix.scr.info,org.apache.felix.scr.component;version=\"[1.1,2)\""
                        + " | package org.apache.felix.scr.component [1.1.0,2.0.0)",
                "Require-Bundle | org.apache.felix.scr;bundle-version=\"2\" | bundle org.apache.felix.scr 2.0.0"
            })
    void isMissingForAModule(String header, String value, String missing) {
        ProblemException refused =
                server.refusal(module("alpha").header(header, value).write(folder.resolve("alpha.jar")));

        assertEquals(ProblemCode.UNRESOLVED, refused.code());
        String expected = missing + " (the server has one of its own, which modules cannot see)";
        assertTrue(refused.getMessage().contains(expected), refused::getMessage);
    }

    @Test
    void whatIsToBeWrittenIsInTheRefusal() {
        ProblemException refused = server.refusal(module("alpha")
                .header("Import-Package", API + ",org.apache.felix.scr.info")
                .write(folder.resolve("alpha.jar")));

        assertEquals(
                "The bundle test.alpha 1.0.0 does not resolve; missing: package org.apache.felix.scr.info (the server has one"
                        + " of its own, which modules cannot see). A module brings its libraries: a project of"
                        + " `pawl module new` packs each <dependency> without a <scope>. In a build of your own,"
                        + " `-includeresource: NAME-*.jar;lib:=true` in bnd.bnd packs a jar, and `Import-Package: dev.pawl.*,"
                        + " *;resolution:=optional` makes optional what libraries mention and do not need.",
                refused.getMessage());
    }

    @Test
    void aModuleForAnotherApiIsToBeBuiltAgain() {
        ProblemException refused = server.refusal(module("alpha")
                .header("Import-Package", "dev.pawl.api.module;version=\"[2,3)\"")
                .write(folder.resolve("alpha.jar")));

        assertEquals(ProblemCode.UNRESOLVED, refused.code());
        assertTrue(
                refused.getMessage()
                        .endsWith("The module was built for another version of Pawl: run `pawl module link` in its"
                                + " project, and build it again."),
                refused::getMessage);
    }

    @Test
    void isWiredNeitherWhenItIsOptionalNorWhenAnotherModuleHasIt() {
        server.deployer.install(
                module("lender")
                        .header("Export-Package", "org.apache.felix.scr.info")
                        .write(folder.resolve("lender.jar")),
                TestServer.byHand());
        server.deployer.install(
                module("alpha")
                        .header(
                                "Import-Package",
                                API + ",org.apache.felix.scr.info,org.apache.felix.scr.component;resolution:=optional")
                        .write(folder.resolve("alpha.jar")),
                TestServer.byHand());

        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
    }

    /** Hides a bundle of the runtime from modules. */
    private static final class Hiding implements ResolverHook {

        @Override
        public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
            if (ModuleBundles.isOurs(requirement.getRevision().getBundle())) {
                candidates.removeIf(candidate ->
                        HIDDEN.equals(candidate.getRevision().getBundle().getSymbolicName())
                                && !candidate.getNamespace().equals("osgi.extender"));
            }
        }

        @Override
        public void filterResolvable(Collection<BundleRevision> candidates) {}

        @Override
        public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> candidates) {}

        @Override
        public void end() {}
    }
}
