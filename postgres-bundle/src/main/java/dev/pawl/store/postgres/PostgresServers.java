package dev.pawl.store.postgres;

import dev.pawl.service.store.ServerStore;
import dev.pawl.service.store.StoreServer;
import dev.pawl.store.postgres.deployment.ServerRows;
import dev.pawl.store.postgres.engine.ServerLease;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The servers on the database of a {@link PostgresStore}. */
@Component(service = ServerStore.class)
public final class PostgresServers implements ServerStore {

    private final PostgresStore store;

    /** Knows the servers on the database of an open store. */
    @Activate
    public PostgresServers(@Reference PostgresStore store) {
        this.store = store;
    }

    @Override
    public List<StoreServer> servers() {
        return store.readers().read(session -> ServerRows.servers(session, store.owner(), ServerLease.LENGTH));
    }
}
