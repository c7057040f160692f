package dev.pawl.store.postgres;

import dev.pawl.launch.MovableStore;
import dev.pawl.launch.StoreContents;
import dev.pawl.store.postgres.engine.Database;
import dev.pawl.store.postgres.engine.PostgresAddress;
import dev.pawl.store.postgres.engine.PostgresErrors;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.move.PostgresContents;
import java.sql.SQLException;
import java.time.Duration;

/** The PostgreSQL store as one end of a migration, for the launcher, which finds it with {@link java.util.ServiceLoader}. */
public final class MovablePostgresStore implements MovableStore {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    @Override
    public boolean isEmbedded() {
        return false;
    }

    @Override
    public StoreContents open(Place place) {
        PostgresAddress address = PostgresAddress.of(place.settings()::get);
        return PostgresContents.source(address.toString(), session(address));
    }

    @Override
    public StoreContents.Target fill(Place place, String source) {
        PostgresAddress address = PostgresAddress.of(place.settings()::get);
        return PostgresContents.target(address.toString(), session(address), source);
    }

    private static Session session(PostgresAddress address) {
        try (Database database = new Database(address, LONGEST_WAIT)) {
            return database.writer();
        } catch (SQLException e) {
            throw PostgresErrors.problem(address.toString(), e);
        }
    }
}
