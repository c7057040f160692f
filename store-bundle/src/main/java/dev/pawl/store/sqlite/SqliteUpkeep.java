package dev.pawl.store.sqlite;

import dev.pawl.service.store.BackupReport;
import dev.pawl.service.store.CheckReport;
import dev.pawl.service.store.PurgeReport;
import dev.pawl.service.store.PurgeRequest;
import dev.pawl.service.store.StoreUpkeep;
import dev.pawl.store.sqlite.engine.WriteProbe;
import dev.pawl.store.sqlite.upkeep.Backup;
import dev.pawl.store.sqlite.upkeep.Purge;
import dev.pawl.store.sqlite.upkeep.StoreCheck;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The upkeep of the file of the {@link SqliteStore} while it is open. */
@Component(service = StoreUpkeep.class, immediate = true)
public final class SqliteUpkeep implements StoreUpkeep {

    private final SqliteStore store;
    private final ReentrantLock backingUp = new ReentrantLock();

    /** Takes care of an open store. */
    @Activate
    public SqliteUpkeep(@Reference SqliteStore store) {
        this.store = store;
    }

    @Override
    public PurgeReport purge(PurgeRequest request) {
        return new Purge(store.writer(), store.readers(), store.live().counts()).run(request);
    }

    @Override
    public BackupReport backup(Path file, boolean replace) {
        backingUp.lock(); // two backups to the same file would conflict
        try {
            return store.readers()
                    .readApart(session -> Backup.write(session, store.databaseFile(), store.dataDir(), file, replace));
        } finally {
            backingUp.unlock();
        }
    }

    @Override
    public Optional<String> trouble() {
        return WriteProbe.trouble(store.writer());
    }

    @Override
    public CheckReport check() {
        return store.readers().readApart(session -> StoreCheck.run(session, store.dataDir()));
    }
}
