package dev.pawl.store.sqlite;

import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.data.DocumentCheck;
import dev.pawl.service.data.DocumentEntry;
import dev.pawl.service.store.DocumentStore;
import dev.pawl.service.store.RunId;
import dev.pawl.store.sqlite.audit.AuditChain;
import dev.pawl.store.sqlite.document.DocumentRows;
import dev.pawl.store.sqlite.engine.GroupCommit;
import dev.pawl.store.sqlite.engine.Readers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The JSON documents, in the file of the {@link SqliteStore}. */
@Component(service = DocumentStore.class, immediate = true)
public final class SqliteDocuments implements DocumentStore {

    private final GroupCommit writer;
    private final Readers readers;
    private final AuditChain audit;
    private final InstantSource clock;

    /** Creates the documents in the file of an open store. */
    @Activate
    public SqliteDocuments(@Reference SqliteStore store, @Reference InstantSource clock) {
        this.clock = clock;
        this.writer = store.writer();
        this.readers = store.readers();
        this.audit = store.audit();
    }

    @Override
    public Optional<String> get(String owner, String name) {
        return readers.readShort(session -> DocumentRows.get(session, owner, name));
    }

    @Override
    public CompletionStage<Void> put(
            String owner, String name, String json, DocumentCheck check, @Nullable AuditedChange change) {
        Instant now = clock.instant();
        return done(writer.submit(json.length(), session -> {
            DocumentRows.check(session, owner, name, check);
            DocumentRows.put(session, owner, name, json, now);
            return audited(true, change);
        }));
    }

    @Override
    public CompletionStage<Boolean> delete(
            String owner, String name, DocumentCheck check, @Nullable AuditedChange change) {
        return writer.submit(1, session -> {
            DocumentRows.check(session, owner, name, check);
            return audited(DocumentRows.delete(session, owner, name), change);
        });
    }

    /** Adds the entry of a change that was made. */
    private boolean audited(boolean made, @Nullable AuditedChange change) {
        if (made && change != null) {
            audit.add(change.entry(AuditOutcome.DONE, ""));
        }
        return made;
    }

    @Override
    public CompletionStage<Void> put(RunId run, String owner, String name, String json) {
        Instant now = clock.instant();
        return done(writer.submit(json.length(), session -> {
            DocumentRows.fence(session, run);
            DocumentRows.put(session, owner, name, json, now);
            return true;
        }));
    }

    @Override
    public CompletionStage<Boolean> delete(RunId run, String owner, String name) {
        return writer.submit(1, session -> {
            DocumentRows.fence(session, run);
            return DocumentRows.delete(session, owner, name);
        });
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
