package dev.pawl.store.postgres;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.launch.MovableStore.Place;
import dev.pawl.launch.RecordKind;
import dev.pawl.launch.StoreContents;
import dev.pawl.launch.StoreMigration;
import dev.pawl.launch.StoredRecord;
import dev.pawl.store.sqlite.MovableSqliteStore;
import dev.pawl.testkit.StoreContentsContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A store that moves from SQLite to PostgreSQL, and back into another folder. */
@ExtendWith(TestDatabase.class)
class StoreMigrationTest {

    @TempDir
    Path folder;

    private Place here;
    private Place back;

    @BeforeEach
    void prepare() throws IOException, SQLException {
        TestDatabase.empty();
        here = PostgresContentsTest.place(Files.createDirectory(folder.resolve("here")));
        back = PostgresContentsTest.place(Files.createDirectory(folder.resolve("back")));
        try (StoreContents.Target target = new MovableSqliteStore().fill(here, "a test")) {
            Samples.add(target);
            target.complete();
        }
    }

    /** Makes what the contract has available. */
    private abstract static class Samples extends StoreContentsContract {
        static void add(StoreContents.Target target) {
            fill(target);
        }

        static void check(StoreContents contents) {
            assertFilled(contents);
        }
    }

    private Map<String, Object> there(StoreMigration.Progress progress) {
        try (StoreContents source = new MovableSqliteStore().open(here);
                StoreContents.Target target = new MovablePostgresStore().fill(here, source.place())) {
            return new StoreMigration(source, target, progress).run();
        }
    }

    private Map<String, Object> back() {
        try (StoreContents source = new MovablePostgresStore().open(back);
                StoreContents.Target target = new MovableSqliteStore().fill(back, source.place())) {
            return new StoreMigration(source, target, (doing, done, all) -> {}).run();
        }
    }

    @Test
    void aStoreGoesThereAndComesBackAsItWas() {
        List<Long> steps = new ArrayList<>();
        Map<String, Object> forth = there((doing, done, all) -> {
            steps.add(done);
            assertTrue(done <= all, doing);
        });
        Map<String, Object> again = back();
        assertEquals(forth.get("kinds"), again.get("kinds"));
        assertEquals(forth.get("to"), again.get("from"));
        assertEquals(steps.stream().sorted().toList(), steps);
        try (StoreContents contents = new MovableSqliteStore().open(back)) {
            Samples.check(contents);
        }
    }

    @Test
    void theSourceIsAsItWas() throws IOException {
        byte[] before = Files.readAllBytes(here.files().database());
        there((doing, done, all) -> {});
        assertArrayEquals(before, Files.readAllBytes(here.files().database()));
        assertFalse(Files.exists(Path.of(here.files().database() + "-wal")));
    }

    @Test
    void anInterruptionLeavesTheDatabaseEmptyAndTheNextTryMovesAll() {
        assertThrows(
                IllegalStateException.class,
                () -> there((doing, done, all) -> {
                    if (done > all / 2) {
                        throw new IllegalStateException("interrupted");
                    }
                }));
        there((doing, done, all) -> {});
        try (StoreContents contents = new MovablePostgresStore().open(here)) {
            Samples.check(contents);
        }
    }

    @Test
    void aKindThatTheOtherStoreDoesNotKnowEndsIt() {
        try (StoreContents source = new MovableSqliteStore().open(here);
                StoreContents.Target target = new MovablePostgresStore().fill(here, source.place())) {
            StoreContents more = new Changed(source) {
                @Override
                public List<RecordKind> kinds() {
                    List<RecordKind> kinds = new ArrayList<>(source.kinds());
                    kinds.add(new RecordKind("later inventions", List.of()));
                    return kinds;
                }
            };
            IllegalStateException refused = assertThrows(
                    IllegalStateException.class,
                    () -> new StoreMigration(more, target, (doing, done, all) -> {}).run());
            assertTrue(String.valueOf(refused.getMessage()).contains("later inventions"), refused::getMessage);
        }
    }

    @Test
    void aRecordThatArrivesOtherwiseEndsIt() {
        try (StoreContents source = new MovableSqliteStore().open(here);
                StoreContents.Target target = new MovablePostgresStore().fill(here, source.place())) {
            StoreContents.Target other = new ChangedTarget(target);
            IllegalStateException refused = assertThrows(
                    IllegalStateException.class,
                    () -> new StoreMigration(source, other, (doing, done, all) -> {}).run());
            assertTrue(String.valueOf(refused.getMessage()).contains("documents"), refused::getMessage);
        }
    }

    private static class Changed implements StoreContents {
        private final StoreContents contents;

        private Changed(StoreContents contents) {
            this.contents = contents;
        }

        @Override
        public String place() {
            return contents.place();
        }

        @Override
        public List<RecordKind> kinds() {
            return contents.kinds();
        }

        @Override
        public long count(RecordKind kind) {
            return contents.count(kind);
        }

        @Override
        public void read(RecordKind kind, Sink sink) {
            contents.read(kind, sink);
        }

        @Override
        public void close() {
            contents.close();
        }
    }

    private static final class ChangedTarget extends Changed implements StoreContents.Target {
        private final StoreContents.Target target;

        private ChangedTarget(StoreContents.Target target) {
            super(target);
            this.target = target;
        }

        @Override
        public void add(RecordKind kind, StoredRecord record) {
            if (kind.name().equals("documents")) {
                record.set(2, record.get(2) + " ");
            }
            target.add(kind, record);
        }

        @Override
        public void settle() {
            target.settle();
        }

        @Override
        public void complete() {
            target.complete();
        }
    }
}
