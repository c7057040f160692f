package dev.pawl.store.sqlite;

import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.KeptAnswers;
import dev.pawl.testkit.KeptAnswersContract;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteKeptAnswersTest extends KeptAnswersContract {

    @TempDir
    private Path folder;

    private @Nullable SqliteStore store;

    @BeforeEach
    void open() {
        store = new SqliteStore(folder.resolve("pawl.db"), SettableClock.at("2026-03-01T12:00:00Z"));
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(store).close();
    }

    @Override
    protected KeptAnswers answers() {
        return new SqliteKeptAnswers(Objects.requireNonNull(store));
    }

    @Override
    protected JobStore jobs() {
        return Objects.requireNonNull(store);
    }

    @Override
    protected void reopen() {
        close();
        open();
    }
}
