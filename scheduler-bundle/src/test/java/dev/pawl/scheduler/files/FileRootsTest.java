package dev.pawl.scheduler.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.FileRefusedException;
import dev.pawl.api.module.TaskFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileRootsTest {

    @TempDir
    Path folder;

    private Path home;
    private Path data;
    private Path store;
    private Path media;
    private ReservedPlaces reserved;
    private TaskFiles files;

    @BeforeEach
    void makeFolders() throws IOException {
        home = folder.toRealPath();
        data = Files.createDirectories(home.resolve("pawl/data"));
        store = Files.createDirectory(home.resolve("store"));
        media = Files.createDirectory(home.resolve("media"));
        Files.createDirectory(data.resolve("modules"));
        Files.writeString(data.resolve("admin.token"), "token");
        Files.writeString(store.resolve("jobs.db"), "db");
        reserved = new ReservedPlaces(List.of(data), store.resolve("jobs.db"));
        files = files(home);
    }

    private TaskFiles files(Path... roots) {
        return new FileRoots(List.of(roots), reserved, module -> Map.of()).of("mover", new DeclaredOutputs(), 0);
    }

    private static String refusal(org.junit.jupiter.api.function.Executable call) {
        return String.valueOf(assertThrows(FileRefusedException.class, call).getReason());
    }

    @Test
    void aModuleWithoutRootsReachesNothingAndIsToldWhatToDo() {
        String reason = refusal(() -> files().real(media));

        assertTrue(reason.startsWith("module mover has no roots"), reason);
        assertTrue(reason.contains("PAWL_FILE_ROOTS") && reason.contains("pawl.roots"), reason);
        assertEquals(List.of(), files().roots());
    }

    @Test
    void namesInARootAreReachedWhetherTheyAreThereOrNot() throws IOException {
        assertEquals(media, files.real(media));
        assertEquals(media.resolve("new/b"), files.real(media.resolve("new/../new/b")));
        assertEquals(media.resolve("new"), files.entry(media.resolve("new")));
        assertEquals(home, files.real(home));
    }

    @Test
    void theDataFolderIsNeverReachedThoughItLiesInARoot() {
        for (Path path :
                List.of(data, data.resolve("admin.token"), data.resolve("modules/x.jar"), data.resolve("new"))) {
            assertTrue(refusal(() -> files.real(path)).contains("of the server itself"), path.toString());
            assertTrue(refusal(() -> files.entry(path)).contains("of the server itself"), path.toString());
        }
    }

    @Test
    void theDatabaseAndWhatLiesBesideItUnderItsNameIsTheServers() throws IOException {
        for (String name : List.of("jobs.db", "jobs.db-wal", "jobs.db.v1-2.backup")) {
            assertTrue(refusal(() -> files.entry(store.resolve(name))).contains("of the server itself"), name);
        }
        assertEquals(store.resolve("other"), files.entry(store.resolve("other")));
    }

    @Test
    void aFolderThatHoldsSomethingOfTheServerIsReadButNotMovedAway() throws IOException {
        assertEquals(home.resolve("pawl"), files.real(home.resolve("pawl")));
        assertTrue(refusal(() -> files.entry(home.resolve("pawl"))).contains("of the server itself"));
        assertTrue(refusal(() -> files.entry(store)).contains("of the server itself"));
    }

    @Test
    void linksIntoTheDataFolderAreFollowedBeforeAnythingIsJudged() throws IOException {
        Files.createSymbolicLink(media.resolve("d"), data);
        Files.createSymbolicLink(media.resolve("t"), data.resolve("admin.token"));
        Files.createSymbolicLink(media.resolve("nowhere"), data.resolve("restore.unfinished"));

        refusal(() -> files.real(media.resolve("d/admin.token")));
        refusal(() -> files.entry(media.resolve("d/modules/x.jar")));
        refusal(() -> files.real(media.resolve("t")));
        refusal(() -> files.real(media.resolve("nowhere")));
        refusal(() -> files.real(media.resolve("nowhere/below")));
        assertEquals(media.resolve("t"), files.entry(media.resolve("t"))); // the link itself may be deleted
    }

    @Test
    void whatTheDataFolderLinksToIsTheServersToo() throws IOException {
        Path built = Files.createDirectory(home.resolve("built"));
        Files.writeString(built.resolve("m.jar"), "jar");
        Files.createSymbolicLink(data.resolve("modules/m.jar"), built.resolve("m.jar"));
        TaskFiles now = files(home);

        refusal(() -> now.entry(built.resolve("m.jar")));
        refusal(() -> now.entry(built));
        assertEquals(built.resolve("n.jar"), now.entry(built.resolve("n.jar")));
    }

    @Test
    void aSecondNameOfAFileOfTheServerIsKnown() throws IOException {
        Files.createLink(media.resolve("hard"), data.resolve("admin.token"));
        Files.createLink(media.resolve("hard.db"), store.resolve("jobs.db"));
        Files.writeString(media.resolve("a"), "a");
        Files.createLink(media.resolve("b"), media.resolve("a"));

        refusal(() -> files.real(media.resolve("hard")));
        refusal(() -> files.real(media.resolve("hard.db")));
        assertEquals(media.resolve("b"), files.real(media.resolve("b")));
    }

    @Test
    void theKernelsFileSystemsAreNeverReached() {
        ReservedPlaces ofServer = ReservedPlaces.of(data, name -> null, name -> null);
        TaskFiles everything = new FileRoots(List.of(Path.of("/")), ofServer, module -> Map.of())
                .of("mover", new DeclaredOutputs(), 0);

        refusal(() -> everything.real(Path.of("/proc/self/environ")));
        refusal(() -> everything.real(Path.of("/dev/null")));
        refusal(() -> everything.real(
                Path.of("/proc/self/root").resolve(home.toString().substring(1)).resolve("pawl/data/admin.token")));
        refusal(() -> everything.real(Path.of(System.getProperty("java.home"), "lib", "modules")));
    }

    @Test
    void aModulesOwnRootsTakeThePlaceOfThoseOfAll() throws IOException {
        FileRoots roots = new FileRoots(
                List.of(home),
                reserved,
                module -> module.equals("own") ? Map.of(FileRoots.SETTING, media.toString()) : Map.of());

        assertEquals(List.of(media), roots.of("own", new DeclaredOutputs(), 0).roots());
        assertEquals(List.of(home), roots.of("other", new DeclaredOutputs(), 0).roots());
        refusal(() -> roots.of("own", new DeclaredOutputs(), 0).real(store.resolve("other")));
    }

    @Test
    void whatATaskDeclaresIsKnownToLaterTasksAlone() throws IOException {
        DeclaredOutputs outputs = new DeclaredOutputs();
        FileRoots roots = new FileRoots(List.of(home), reserved, module -> Map.of());
        Path made = roots.of("encoder", outputs, 1).declareOutput(media.resolve("made"));

        assertEquals(media.resolve("made"), made);
        assertTrue(roots.of("mover", outputs, 2).isDeclaredOutput(media.resolve("../media/made")));
        assertTrue(roots.of("mover", outputs, 2).isDeclaredOutput(media.resolve("made/within.txt")));
        assertFalse(roots.of("mover", outputs, 1).isDeclaredOutput(media.resolve("made")));
        assertFalse(roots.of("mover", outputs, 2).isDeclaredOutput(media.resolve("made.txt")));
        assertFalse(roots.of("mover", outputs, 2).isDeclaredOutput(home));
    }

    @Test
    void noTaskDeclaresAFileThatItMayNotReach() {
        assertTrue(
                refusal(() -> files.declareOutput(data.resolve("admin.token"))).contains("server itself"));
        assertTrue(refusal(() -> files(media).declareOutput(home.resolve("outside")))
                .contains("outside the roots"));
    }
}
