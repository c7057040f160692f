package dev.pawl.scheduler.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work folders, of one server and of servers that share a store. */
class WorkDirsTest {

    private static final UUID JOB = UUID.fromString("0190f5b2-0000-7000-8000-000000000001");

    @TempDir
    Path root;

    private WorkDirs server(String place) {
        return new WorkDirs(root.resolve(place), true);
    }

    private static void leave(WorkDirs server, long epoch, String file) throws IOException {
        Files.writeString(server.of(JOB, epoch, 0).resolve(file), "x");
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFolderIsFreshForTheTaskThatMadeItAlone() throws IOException {
        WorkDirs one = new WorkDirs(root, false);
        Path folder = one.of(JOB, 1, 0);
        assertEquals(folder, one.of(JOB, 1, 0));
        assertTrue(one.isFresh(JOB, 1, 0));
        assertFalse(one.isFresh(JOB, 1, 1), "a later task");
        one.of(JOB, 2, 0);
        assertFalse(one.isFresh(JOB, 2, 0), "a later run");
        WorkDirs restarted = new WorkDirs(root, false);
        assertEquals(Set.of(JOB), restarted.jobs());
        restarted.of(JOB, 3, 0);
        assertFalse(restarted.isFresh(JOB, 3, 0));
        restarted.delete(JOB);
        restarted.of(JOB, 4, 2);
        assertTrue(restarted.isFresh(JOB, 4, 2));
        assertEquals(List.of(JOB.toString()), files(root), "a server alone marks nothing");
    }

    @Test
    void aServerAloneKeepsTheFolderWhateverRunsDidNotUseIt() throws IOException {
        WorkDirs one = new WorkDirs(root, false);
        leave(one, 1, "a");
        assertFalse(one.begin(JOB, 7));
        assertEquals(List.of("a"), files(one.of(JOB, 7, 0)));
    }

    @Test
    void aJobThatMovesFindsAnEmptyFolderAndNoOldOneWhenItComesBack() throws IOException {
        WorkDirs here = server("here");
        WorkDirs there = server("there");
        leave(here, 1, "old");
        assertFalse(there.begin(JOB, 2));
        leave(there, 2, "new");
        assertTrue(there.isFresh(JOB, 2, 0));
        assertTrue(here.begin(JOB, 3));
        assertFalse(here.exists(JOB));
        assertEquals(List.of(), files(here.of(JOB, 3, 0)));
        assertTrue(here.isFresh(JOB, 3, 0));
        assertTrue(there.isOutOfDate(JOB, 3));
        assertFalse(here.isOutOfDate(JOB, 3));
    }

    @Test
    void aJobThatMovesFindsTheFolderThatTheServersShare() throws IOException {
        WorkDirs here = server("shared");
        WorkDirs there = server("shared");
        leave(here, 1, "a");
        assertFalse(there.begin(JOB, 2));
        assertTrue(there.exists(JOB));
        leave(there, 2, "b");
        assertFalse(there.isFresh(JOB, 2, 0));
        assertFalse(here.begin(JOB, 3));
        assertEquals(List.of("a", "b"), files(here.of(JOB, 3, 0)));
        assertFalse(here.isFresh(JOB, 3, 0));
    }

    @Test
    void aRunThatDoesNotAskForTheFolderHandsItOn() throws IOException {
        WorkDirs here = server("here");
        leave(here, 1, "a");
        assertFalse(here.begin(JOB, 2));
        assertFalse(server("here").begin(JOB, 3), "after a restart");
        assertEquals(List.of("a"), files(here.of(JOB, 3, 0)));
    }

    @Test
    void aFolderWithoutAMarkIsNotTrusted() throws IOException {
        WorkDirs here = server("here");
        leave(here, 1, "a");
        Files.delete(root.resolve("here").resolve(JOB + ".run"));
        assertTrue(here.begin(JOB, 2));
    }

    @Test
    void theMarkGoesWithTheFolder() throws IOException {
        WorkDirs here = server("here");
        leave(here, 1, "a");
        here.delete(JOB);
        assertEquals(List.of(), files(root.resolve("here")));
        assertFalse(here.exists(JOB));
    }
}
