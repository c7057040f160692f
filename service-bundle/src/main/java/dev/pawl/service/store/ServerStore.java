package dev.pawl.service.store;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Knows the servers that share the store. There is none where a store belongs to one server. Any thread may call it; errors are those of {@link JobStore}. */
@ProviderType
public interface ServerStore {

    /** The servers that have a lease, in the order of their names. */
    List<StoreServer> servers();
}
