package dev.pawl.store.postgres;

import dev.pawl.service.job.RequestKey;
import dev.pawl.service.store.KeptAnswers;
import dev.pawl.store.postgres.answer.AnswerRows;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kept answers, in the database of a {@link PostgresStore}. */
@Component(service = KeptAnswers.class)
public final class PostgresKeptAnswers implements KeptAnswers {

    private final PostgresStore store;

    /** Keeps answers in the database of an open store. */
    @Activate
    public PostgresKeptAnswers(@Reference PostgresStore store) {
        this.store = store;
    }

    @Override
    public Optional<KeptAnswer> find(String key) {
        return store.readers().read(session -> AnswerRows.find(session, key));
    }

    @Override
    public CompletionStage<Void> keep(RequestKey key, String json) {
        return store.apart(json.length(), work -> {
                    work.changed();
                    AnswerRows.keep(work.statements(), key, json);
                    return true;
                })
                .thenAccept(kept -> {});
    }

    @Override
    public CompletionStage<Integer> forget(Instant before, int most) {
        return store.apart(1, work -> {
            work.changed();
            return AnswerRows.forget(work.statements(), before, most);
        });
    }
}
