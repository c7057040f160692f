package dev.pawl.store.sqlite;

import dev.pawl.service.job.RequestKey;
import dev.pawl.service.store.KeptAnswers;
import dev.pawl.store.sqlite.answer.AnswerRows;
import dev.pawl.store.sqlite.engine.GroupCommit;
import dev.pawl.store.sqlite.engine.Readers;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kept answers, in the file of the {@link SqliteStore}. */
@Component(service = KeptAnswers.class)
public final class SqliteKeptAnswers implements KeptAnswers {

    private final GroupCommit writer;
    private final Readers readers;

    /** Keeps answers in the file of an open store. */
    @Activate
    public SqliteKeptAnswers(@Reference SqliteStore store) {
        this.writer = store.writer();
        this.readers = store.readers();
    }

    @Override
    public Optional<KeptAnswer> find(String key) {
        return readers.readShort(session -> AnswerRows.find(session, key));
    }

    @Override
    public CompletionStage<Void> keep(RequestKey key, String json) {
        return writer.submit(json.length(), session -> {
                    AnswerRows.keep(session, key, json);
                    return true;
                })
                .thenAccept(kept -> {});
    }

    @Override
    public CompletionStage<Integer> forget(Instant before, int most) {
        return writer.submit(1, session -> AnswerRows.forget(session, before, most));
    }
}
