package dev.pawl.store.postgres;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.data.DocumentCheck;
import dev.pawl.service.data.DocumentEntry;
import dev.pawl.service.store.DocumentObserver;
import dev.pawl.service.store.DocumentStore;
import dev.pawl.service.store.RunId;
import dev.pawl.store.postgres.document.DocumentRows;
import dev.pawl.store.postgres.engine.Readers;
import dev.pawl.store.postgres.job.RunHold;
import dev.pawl.store.postgres.job.Work;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The JSON documents, in the database of a {@link PostgresStore}. */
@Component(service = DocumentStore.class, immediate = true)
public final class PostgresDocuments implements DocumentStore {

    private final PostgresStore store;
    private final Readers readers;

    /** Keeps documents in the database of an open store. */
    @Activate
    public PostgresDocuments(@Reference PostgresStore store) {
        this.store = store;
        this.readers = store.readers();
    }

    @Override
    public void observe(String owner, DocumentObserver observer) {
        store.news().observe(owner, observer);
    }

    @Override
    public Optional<String> get(String owner, String name) {
        return readers.read(session -> DocumentRows.get(session, owner, name));
    }

    @Override
    public CompletionStage<Void> put(
            String owner, String name, String json, DocumentCheck check, @Nullable AuditedChange change) {
        return done(store.apart(json.length(), work -> {
            boolean isFirst = DocumentRows.check(work.statements(), owner, name, check);
            put(work, owner, name, json, isFirst);
            return work.audit().audited(true, change);
        }));
    }

    private static void put(Work work, String owner, String name, String json, boolean isFirst) throws SQLException {
        work.documentChanged(owner);
        DocumentRows.put(work.statements(), owner, name, json, isFirst, work.now());
    }

    @Override
    public CompletionStage<Boolean> delete(
            String owner, String name, DocumentCheck check, @Nullable AuditedChange change) {
        return store.apart(1, work -> {
            DocumentRows.check(work.statements(), owner, name, check);
            return work.audit().audited(delete(work, owner, name), change);
        });
    }

    private static boolean delete(Work work, String owner, String name) throws SQLException {
        work.documentChanged(owner);
        return DocumentRows.delete(work.statements(), owner, name);
    }

    @Override
    public CompletionStage<Void> put(RunId run, String owner, String name, String json) {
        return done(store.apart(json.length(), work -> {
            fence(RunHold.isHeld(work, run), run);
            put(work, owner, name, json, false);
            return true;
        }));
    }

    @Override
    public CompletionStage<Boolean> delete(RunId run, String owner, String name) {
        return store.apart(1, work -> {
            fence(RunHold.isHeld(work, run), run);
            return delete(work, owner, name);
        });
    }

    /** Lets a run write only while its job runs here at its epoch. */
    private static void fence(boolean isHeld, RunId run) {
        if (!isHeld) {
            throw new StaleRunException("Run " + run.epoch() + " of job " + run.job()
                    + " has ended or was taken over; it can no longer change documents.");
        }
    }

    @Override
    public List<DocumentEntry> list(@Nullable String owner, String afterOwner, String afterName, int limit) {
        return readers.read(session -> DocumentRows.list(session, owner, afterOwner, afterName, limit));
    }

    @Override
    public List<String> names(String owner) {
        return readers.read(session -> DocumentRows.names(session, owner));
    }

    @Override
    public Map<String, String> all(String owner) {
        return readers.read(session -> DocumentRows.all(session, owner));
    }

    private static CompletionStage<Void> done(CompletionStage<Boolean> write) {
        return write.thenAccept(changed -> {});
    }
}
