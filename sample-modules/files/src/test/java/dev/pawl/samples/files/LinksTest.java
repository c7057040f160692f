package dev.pawl.samples.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** Symbolic links that lead nowhere, in circles, to folders and outside. */
final class LinksTest {

    @TempDir
    Path folder;

    private Path root;
    private Path outside;
    private Path dangling;
    private Path circle;

    @BeforeEach
    void makeLinks() throws IOException {
        root = Files.createDirectory(folder.toRealPath().resolve("root"));
        outside = Files.writeString(folder.toRealPath().resolve("outside"), "secret");
        dangling = Files.createSymbolicLink(root.resolve("dangling"), root.resolve("nothing"));
        circle = Files.createSymbolicLink(root.resolve("circle"), root.resolve("other"));
        Files.createSymbolicLink(root.resolve("other"), circle);
    }

    private HarnessRun run(String action, Object step, String... folders) {
        return JobHarness.of(CleanupModule::new)
                .inputs(Map.of(action, List.of(step)))
                .settings(folders.length == 0 ? Map.of() : Map.of("folders", List.of(folders)))
                .roots(root)
                .run();
    }

    private Map<String, Object> toCopy(Path source) {
        return Map.of(
                "source", source.toString(), "destination", root.resolve("copy").toString());
    }

    private static String refusal(HarnessRun run) {
        assertEquals(Outcome.VALIDATION_FAILED, run.outcome(), () -> String.valueOf(run.thrown()));
        return String.valueOf(run.thrown().getMessage());
    }

    @Test
    void aLinkThatLeadsNowhereOrInACircleIsRefusedAndOnlyDeleted() {
        for (Path link : List.of(dangling, circle)) {
            for (String action : List.of("copy", "move")) {
                String message = refusal(run(action, toCopy(link)));
                assertTrue(message.startsWith(action + "[0] is \"" + link + "\", which is refused"), message);
                assertTrue(Files.isSymbolicLink(link));
            }
            assertEquals(Outcome.COMPLETED, run("delete", link.toString()).outcome());
            assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
        }
    }

    @Test
    void aLinkToOutsideIsNeitherReadNorMoved() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), outside);

        refusal(run("copy", toCopy(link)));
        refusal(run("move", toCopy(link)));

        assertFalse(Files.exists(root.resolve("copy")));
        assertTrue(Files.isSymbolicLink(link));
    }

    @Test
    void aLinkToAFolderIsNotMoved() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), Files.createDirectory(root.resolve("tree")));

        HarnessRun run = run("move", toCopy(link));

        assertEquals(
                "The source " + link
                        + " is a link to a folder, which is not moved; name the folder itself, or delete the link.",
                run.thrown().getMessage());
    }

    @Test
    void linksInACopiedFolderStayLinksWhereverTheyLead() throws IOException {
        Path tree = Files.createDirectory(root.resolve("tree"));
        Files.createSymbolicLink(tree.resolve("out"), outside);
        Files.createSymbolicLink(tree.resolve("nowhere"), Path.of("nothing"));
        Files.createSymbolicLink(tree.resolve("up"), Path.of(".."));

        assertEquals(Outcome.COMPLETED, run("copy", toCopy(tree)).outcome());

        assertEquals(outside, Files.readSymbolicLink(root.resolve("copy/out")));
        assertEquals(Path.of("nothing"), Files.readSymbolicLink(root.resolve("copy/nowhere")));
        assertEquals(Path.of(".."), Files.readSymbolicLink(root.resolve("copy/up")));
    }

    @Test
    void theSettingFoldersIsAboutRealPaths() throws IOException {
        Path allowed = Files.createDirectory(root.resolve("allowed"));
        Path file = Files.writeString(root.resolve("file"), "x");
        Path link = Files.createSymbolicLink(allowed.resolve("link"), file);
        Path mine = Files.writeString(allowed.resolve("mine"), "y");
        String reason = ", which is refused: it leads outside the folders that the setting folders of cleanup names.";

        assertEquals(
                "delete[0] is \"" + file + "\"" + reason, refusal(run("delete", file.toString(), allowed.toString())));
        Map<String, Object> inside = Map.of("source", link.toString(), "destination", allowed + "/copy");
        assertEquals("copy[0] is \"" + link + "\"" + reason, refusal(run("copy", inside, allowed.toString())));
        assertEquals(
                "delete[0] is \"" + allowed + "\"" + reason,
                refusal(run("delete", allowed.toString(), allowed.toString())));
        assertTrue(refusal(run("move", toCopy(mine), allowed.toString())).endsWith(reason));

        assertEquals(
                Outcome.COMPLETED,
                run("delete", mine.toString(), allowed.toString()).outcome());
        assertEquals(
                Outcome.COMPLETED,
                run("delete", link.toString(), allowed.toString()).outcome());
        assertEquals("x", Files.readString(file));
    }

    @Test
    void aMissingFolderOfTheSettingHoldsNothing() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "x");

        refusal(run("delete", file.toString(), root.resolve("unmounted").toString()));

        assertTrue(Files.exists(file));
    }
}
