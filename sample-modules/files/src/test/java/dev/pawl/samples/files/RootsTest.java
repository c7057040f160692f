package dev.pawl.samples.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.ValidationException;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module and the folders that it may access. */
final class RootsTest {

    @TempDir
    Path folder;

    private Path root;
    private Path outside;

    @BeforeEach
    void makeFolders() throws IOException {
        root = Files.createDirectory(folder.toRealPath().resolve("root"));
        outside = Files.createDirectory(folder.toRealPath().resolve("outside"));
        Files.writeString(root.resolve("a"), "a");
        Files.writeString(outside.resolve("token"), "secret");
        Files.createSymbolicLink(root.resolve("away"), outside);
    }

    private HarnessRun run(String action, Path source, Path destination) {
        Object step = action.equals("delete")
                ? source.toString()
                : Map.of("source", source.toString(), "destination", destination.toString());
        return JobHarness.of(CleanupModule::new)
                .inputs(Map.of(action, List.of(step)))
                .roots(root)
                .run();
    }

    private static String refusal(HarnessRun run) {
        assertEquals(Outcome.VALIDATION_FAILED, run.outcome(), () -> String.valueOf(run.thrown()));
        return String.valueOf(
                assertInstanceOf(ValidationException.class, run.thrown()).getMessage());
    }

    @Test
    void nothingIsReachedWithoutRoots() {
        HarnessRun run = JobHarness.of(CleanupModule::new)
                .inputs(Map.of("delete", List.of(root.resolve("a").toString())))
                .run();

        assertTrue(refusal(run).startsWith("delete[0] is \"" + root.resolve("a") + "\", which is refused: "));
        assertTrue(Files.exists(root.resolve("a")));
    }

    @Test
    void whatLiesOutsideIsNeitherReadNorWrittenNorDeleted() throws IOException {
        refusal(run("copy", outside.resolve("token"), root.resolve("b")));
        refusal(run("copy", root.resolve("a"), outside.resolve("b")));
        refusal(run("move", outside.resolve("token"), root.resolve("b")));
        refusal(run("move", root.resolve("a"), outside));
        refusal(run("delete", outside.resolve("token"), root));

        assertEquals("secret", Files.readString(outside.resolve("token")));
        assertFalse(Files.exists(root.resolve("b")));
        assertFalse(Files.exists(outside.resolve("b")));
        assertTrue(Files.exists(root.resolve("a")));
    }

    @Test
    void aLinkThatLeadsOutIsNotFollowed() throws IOException {
        Path token = root.resolve("away/token");
        refusal(run("copy", token, root.resolve("b")));
        refusal(run("copy", root.resolve("away"), root.resolve("b")));
        refusal(run("copy", root.resolve("a"), root.resolve("away")));
        refusal(run("copy", root.resolve("a"), root.resolve("away/b")));
        refusal(run("move", token, root.resolve("b")));
        refusal(run("delete", token, root));

        assertEquals("secret", Files.readString(outside.resolve("token")));
        assertFalse(Files.exists(outside.resolve("b")));
        assertFalse(Files.exists(outside.resolve("a")));
    }

    @Test
    void aLinkItselfLiesWhereItsNameIs() throws IOException {
        HarnessRun run = run("delete", root.resolve("away"), root);

        assertEquals(Outcome.COMPLETED, run.outcome(), () -> String.valueOf(run.thrown()));
        assertFalse(Files.exists(root.resolve("away"), LinkOption.NOFOLLOW_LINKS));
        assertTrue(Files.exists(outside.resolve("token")));
    }

    @Test
    void nothingIsToldOfWhatLiesOutside() {
        String there = refusal(run("copy", outside.resolve("token"), root.resolve("b")));
        String missing = refusal(run("copy", outside.resolve("nobody"), root.resolve("b")));

        assertEquals(there.replace("token", "X"), missing.replace("nobody", "X"));
    }

    @Test
    void aRootItselfIsNeitherMovedNorDeleted() {
        refusal(run("move", root, outside));
        refusal(run("delete", root, root));
        assertTrue(Files.isDirectory(root));
    }
}
