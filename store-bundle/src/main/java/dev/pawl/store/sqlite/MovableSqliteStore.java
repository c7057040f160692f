package dev.pawl.store.sqlite;

import dev.pawl.launch.MovableStore;
import dev.pawl.launch.StoreContents;
import dev.pawl.store.sqlite.move.SqliteContents;

/** The SQLite store as one end of a migration, for the launcher, which finds it with {@link java.util.ServiceLoader}. */
public final class MovableSqliteStore implements MovableStore {

    @Override
    public boolean isEmbedded() {
        return true;
    }

    @Override
    public StoreContents open(Place place) {
        return SqliteContents.source(place.files());
    }

    @Override
    public StoreContents.Target fill(Place place, String source) {
        return SqliteContents.target(place.files(), source);
    }
}
