package dev.pawl.store.postgres;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.store.KeptSecret;
import dev.pawl.service.store.SecretStore;
import dev.pawl.store.postgres.engine.Readers;
import dev.pawl.store.postgres.secret.SecretRows;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The encrypted secrets, in the database of a {@link PostgresStore}. */
@Component(service = SecretStore.class, property = SecretStore.SHARED + ":Boolean=true")
public final class PostgresSecrets implements SecretStore {

    private final PostgresStore store;
    private final Readers readers;

    /** Keeps secrets in the database of an open store. */
    @Activate
    public PostgresSecrets(@Reference PostgresStore store) {
        this.store = store;
        this.readers = store.readers();
    }

    @Override
    public Optional<String> keyMark() {
        return readers.read(SecretRows::keyMark);
    }

    @Override
    public CompletionStage<String> keepKeyMark(String sealed) {
        return store.apart(sealed.length(), work -> {
            work.changed();
            SecretRows.keepKeyMark(work.statements(), sealed);
            return SecretRows.keyMark(work.statements()).orElseThrow();
        });
    }

    @Override
    public Optional<KeptSecret> find(String name) {
        return readers.read(session -> SecretRows.find(session, name));
    }

    @Override
    public CompletionStage<Void> put(KeptSecret secret, boolean keepsModules, @Nullable AuditedChange change) {
        return store.apart(secret.sealed().length(), work -> {
                    work.changed();
                    SecretRows.put(work.statements(), secret, keepsModules);
                    return work.audit().audited(true, change);
                })
                .thenAccept(put -> {});
    }

    @Override
    public CompletionStage<Boolean> delete(String name, @Nullable AuditedChange change) {
        return store.apart(1, work -> {
            boolean isDeleted = SecretRows.delete(work.statements(), name);
            if (isDeleted) {
                work.changed();
            }
            return work.audit().audited(isDeleted, change);
        });
    }

    @Override
    public List<KeptSecret> list(String after, int limit) {
        return readers.read(session -> SecretRows.list(session, after, limit));
    }
}
