package dev.pawl.store.sqlite;

import dev.pawl.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A store on a file of its own, open during each test. */
final class OpenedStore implements BeforeEachCallback, AfterEachCallback {

    private @Nullable Path folder;
    private @Nullable SqliteStore store;

    SqliteStore get() {
        return Objects.requireNonNull(store);
    }

    /** Closes it, and opens the same file again. */
    void reopen() {
        get().close();
        open();
    }

    @Override
    public void beforeEach(ExtensionContext test) throws IOException {
        folder = Files.createTempDirectory("store");
        open();
    }

    @Override
    public void afterEach(ExtensionContext test) throws IOException {
        get().close();
        try (Stream<Path> files = Files.walk(Objects.requireNonNull(folder))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void open() {
        store = new SqliteStore(
                Objects.requireNonNull(folder).resolve("pawl.db"), SettableClock.at("2026-03-01T12:00:00Z"));
    }
}
