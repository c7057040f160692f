package dev.pawl.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.launch.DataFiles;
import dev.pawl.launch.MovableStore.Place;
import dev.pawl.launch.OfflineUpkeep.StoreFiles;
import dev.pawl.launch.StoreContents;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.StoreContentsContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contents of an SQLite store as records. */
class SqliteContentsTest extends StoreContentsContract {

    @TempDir
    Path data;

    private Place place() {
        return new Place(new StoreFiles(data.resolve("pawl.db"), data, "0"), Map.of());
    }

    @Override
    protected StoreContents.Target fill() {
        return new MovableSqliteStore().fill(place(), "elsewhere");
    }

    @Override
    protected StoreContents open() {
        return new MovableSqliteStore().open(place());
    }

    private static void complete(StoreContents.Target target) {
        fill(target);
        target.complete();
        target.close();
    }

    @Test
    void aMarkSaysThatAFolderIsBeingFilled() throws IOException {
        Path mark = data.resolve(DataFiles.UNFINISHED_MIGRATION);
        StoreContents.Target target = fill();
        assertTrue(Files.readString(mark).contains("pawl migrate"));
        assertFalse(Files.exists(data.resolve("pawl.db")));
        complete(target);
        assertFalse(Files.exists(mark));
        try (Stream<Path> files = Files.list(data)) {
            assertEquals(
                    0,
                    files.filter(file -> file.toString().contains("migrating")).count());
        }
    }

    @Test
    void aFillingThatDiedIsBegunAnew() {
        StoreContents.Target died = fill();
        fill(died);
        try (StoreContents.Target target = fill()) {
            fill(target);
            assertFilled(target);
            target.complete();
        }
        try (StoreContents contents = open()) {
            assertFilled(contents);
        }
    }

    @Test
    void aFileThatIsNotAsItWasRecordedIsRefused() throws IOException {
        complete(fill());
        Path artifact;
        try (Stream<Path> files = Files.walk(data.resolve("job-artifacts"))) {
            artifact = files.filter(file -> file.endsWith("f1")).findFirst().orElseThrow();
        }
        Files.writeString(artifact, "other");
        try (StoreContents contents = open()) {
            ProblemException refused = assertThrows(ProblemException.class, () -> assertFilled(contents));
            assertTrue(String.valueOf(refused.getMessage()).contains("f1"), refused::getMessage);
        }
    }

    @Test
    void theStoreIsSoundAndKnowsItsNumbers() {
        complete(fill());
        try (SqliteStore store = SqliteStore.open(StorePlace.of(place().files()), java.time.InstantSource.system())) {
            assertEquals(
                    8,
                    store.counts().values().stream().mapToLong(Long::longValue).sum());
        }
    }
}
