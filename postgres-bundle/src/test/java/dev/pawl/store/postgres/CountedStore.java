package dev.pawl.store.postgres;

import dev.pawl.store.postgres.engine.StoreClock;
import dev.pawl.store.postgres.job.LogCap;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A store on an empty database for each test, whose round trips are counted. */
final class CountedStore implements BeforeEachCallback, AfterEachCallback {

    private static final Duration WAIT = Duration.ofSeconds(15);

    private CountingConnections connections;
    private PostgresStore store;

    @Override
    public void beforeEach(ExtensionContext test) throws Exception {
        TestDatabase.empty();
        connections = new CountingConnections(WAIT);
        store = PostgresStore.open(connections, StoreClock.ofDatabase(), LogCap.DEFAULT, WAIT);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        store.close();
    }

    /** The open store. */
    PostgresStore get() {
        return store;
    }

    /** The number of round trips of the writer since the last call. */
    int statements() {
        return connections.statements();
    }
}
