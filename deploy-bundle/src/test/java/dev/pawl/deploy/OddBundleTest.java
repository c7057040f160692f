package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.data.TextLimit;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles that only a framework refuses, or that even a framework accepts. */
final class OddBundleTest {

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(folder.resolve("data"), new MemoryDeployments());
        server.deployer.install(module("odd").write(folder.resolve("good.jar")), TestServer.byHand());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "test/odd", "test..odd", ".odd", "t\u00e4st.odd"})
    void aBundleWhoseNameIsNoneIsRefused(String name) {
        ProblemException refused =
                refused(module("other").header("Bundle-SymbolicName", name), ProblemCode.NOT_A_BUNDLE);

        assertTrue(refused.getMessage().contains("its Bundle-SymbolicName is \""), refused::getMessage);
    }

    @Test
    void aManifestThatCannotBeReadIsToldWithoutTheServersOwnPlaces() {
        ProblemException refused = refused(
                module("odd").header("Require-Capability", "some.thing;filter:=\"(a=b\""), ProblemCode.NOT_A_BUNDLE);

        assertTrue(refused.getMessage().contains("Missing closing parenthesis"), refused::getMessage);
        assertFalse(refused.getMessage().contains(folder.toString()), refused::getMessage);
    }

    @Test
    void whatOnlyTheFrameworkMissesIsNamed() {
        ProblemException refused = refused(
                module("odd").version("2.0.0").header("Bundle-RequiredExecutionEnvironment", "JavaSE-99"),
                ProblemCode.UNRESOLVED);

        assertTrue(refused.getMessage().contains("(&(osgi.ee=JavaSE)(version=99.0.0))"), refused::getMessage);
        assertFalse(refused.getMessage().contains("Unresolved requirements"), refused::getMessage);
        assertEquals("1.0.0", server.serving("odd").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Circling", "Speechless", "Endless"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whateverAnActivatorThrowsIsToldInASentenceAndTheFormerVersionServes(String how) {
        ProblemException refused = refused(module("odd").version("2.0.0").throwing(how), ProblemCode.ACTIVATION_FAILED);

        assertTrue(
                refused.getMessage().contains("could not be started: java.lang.Exception")
                        || refused.getMessage().contains("could not be started: test.Speechless$1"),
                refused::getMessage);
        assertTrue(refused.getMessage().length() <= TextLimit.MESSAGE.characters());
        assertEquals(
                refused.getMessage(), server.deployer.history("odd", 1).get(0).detail());
        assertEquals("1.0.0", server.serving("odd").orElseThrow());
    }

    @Test
    void aModuleWhoseClassIsNotInTheJarIsRefusedAndTheFormerVersionServes() {
        ProblemException refused =
                refused(module("odd").version("2.0.0").without("test/Nothing.class"), ProblemCode.ACTIVATION_FAILED);

        assertTrue(
                refused.getMessage().contains("the class test.Nothing of its module odd cannot be loaded"),
                refused::getMessage);
        assertEquals("1.0.0", server.serving("odd").orElseThrow());
    }

    private static ProblemException refused(ModuleJarBuilder jar, ProblemCode code) {
        Map<String, String> before = server.state();
        Path file = jar.write(folder.resolve("odd.jar"));

        ProblemException refused =
                assertThrows(ProblemException.class, () -> server.deployer.install(file, TestServer.byHand()));

        assertEquals(code, refused.code(), refused::getMessage);
        assertEquals(before, server.state());
        return refused;
    }
}
