package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.problem.ProblemCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** Jars that take long to process, by design or by their size. */
final class HeavyJarTest {

    private static final String FREE = "test.free";
    private static final int MANY = 60_000;

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    @BeforeEach
    void hold() {
        System.clearProperty(FREE);
    }

    @AfterEach
    void free() {
        System.setProperty(FREE, "true");
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(n -> "parts/p" + n).collect(Collectors.joining(","));
    }

    @Test
    @Timeout(value = 12, unit = TimeUnit.SECONDS) // it took 19 s when each part was searched for among all entries
    void manyEntriesAndManyPartsOfAClassPathTakeNoTime() {
        ModuleJarBuilder jar = module("alpha").header("Bundle-ClassPath", ".," + names(3_000));
        for (int n = 0; n < MANY; n++) {
            jar.entry("parts/p" + n + "/text", "");
        }

        server.deployer.install(jar.write(folder.resolve("alpha.jar")), TestServer.byHand());

        assertEquals(Optional.of("1.0.0"), server.serving("alpha"));
    }

    @Test
    @Timeout(value = 12, unit = TimeUnit.SECONDS)
    void manyImportsAreToldInAFewLines() {
        String imports =
                IntStream.range(0, 15_000).mapToObj(n -> "org.nowhere.p" + n).collect(Collectors.joining(","));

        var refused = server.refusal(module("alpha")
                .header("Import-Package", "dev.pawl.api.module," + imports)
                .write(folder.resolve("alpha.jar")));

        assertEquals(ProblemCode.UNRESOLVED, refused.code());
        assertTrue(refused.getMessage().contains("and 14980 more."), refused::getMessage);
        assertTrue(refused.getMessage().length() < 3_000, refused::getMessage);
    }

    @Test
    void moreClausesThanAnyBundleHasAreRefused() {
        String imports =
                IntStream.range(0, MANY).mapToObj(n -> "org.nowhere.p" + n).collect(Collectors.joining(","));

        var refused = server.refusal(module("alpha")
                .header("Import-Package", "dev.pawl.api.module," + imports)
                .write(folder.resolve("alpha.jar")));

        assertEquals(ProblemCode.NOT_A_BUNDLE, refused.code());
        assertTrue(refused.getMessage().contains("more than 20000"), refused::getMessage);
    }

    @Test
    void aJarIsReadWhileAnotherChangeIsUnderWay() throws Exception {
        Path slow = module("slow").stubbornActivator().write(folder.resolve("slow.jar"));
        Thread change = new Thread(() -> server.deployer.install(slow, TestServer.byHand()));
        change.start();
        eventually(() -> assertEquals(
                1,
                server.bundles().installed().stream()
                        .filter(bundle -> bundle.getState() == Bundle.STARTING)
                        .count()));

        var refused = server.refusal(Files.writeString(folder.resolve("text.jar"), "no jar"));

        assertEquals(ProblemCode.NOT_A_BUNDLE, refused.code());
        assertTrue(change.isAlive());
        free();
        change.join();
        assertEquals(Optional.of("1.0.0"), server.serving("slow"));
    }
}
