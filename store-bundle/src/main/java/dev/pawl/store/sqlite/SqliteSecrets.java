package dev.pawl.store.sqlite;

import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.store.KeptSecret;
import dev.pawl.service.store.SecretStore;
import dev.pawl.store.sqlite.audit.AuditChain;
import dev.pawl.store.sqlite.engine.GroupCommit;
import dev.pawl.store.sqlite.engine.Readers;
import dev.pawl.store.sqlite.secret.SecretRows;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The encrypted secrets, in the file of the {@link SqliteStore}. */
@Component(service = SecretStore.class)
public final class SqliteSecrets implements SecretStore {

    private final GroupCommit writer;
    private final Readers readers;
    private final AuditChain audit;

    /** Keeps secrets in the file of an open store. */
    @Activate
    public SqliteSecrets(@Reference SqliteStore store) {
        this.writer = store.writer();
        this.readers = store.readers();
        this.audit = store.audit();
    }

    @Override
    public Optional<KeptSecret> find(String name) {
        return readers.readShort(session -> SecretRows.find(session, name));
    }

    @Override
    public CompletionStage<Void> put(KeptSecret secret, boolean keepsModules, @Nullable AuditedChange change) {
        return writer.submit(secret.sealed().length(), session -> {
                    SecretRows.put(session, secret, keepsModules);
                    return audited(true, change);
                })
                .thenAccept(put -> {});
    }

    @Override
    public CompletionStage<Boolean> delete(String name, @Nullable AuditedChange change) {
        return writer.submit(1, session -> audited(SecretRows.delete(session, name), change));
    }

    /** Adds the entry of a change that was made. */
    private boolean audited(boolean made, @Nullable AuditedChange change) {
        if (made && change != null) {
            audit.add(change.entry(AuditOutcome.DONE, ""));
        }
        return made;
    }

    @Override
    public List<KeptSecret> list(String after, int limit) {
        return readers.read(session -> SecretRows.list(session, after, limit));
    }
}
