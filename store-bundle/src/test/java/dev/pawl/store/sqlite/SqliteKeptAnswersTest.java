package dev.pawl.store.sqlite;

import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.KeptAnswers;
import dev.pawl.testkit.KeptAnswersContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteKeptAnswersTest extends KeptAnswersContract {

    @RegisterExtension
    final OpenedStore store = new OpenedStore();

    @Override
    protected KeptAnswers answers() {
        return new SqliteKeptAnswers(store.get());
    }

    @Override
    protected JobStore jobs() {
        return store.get();
    }

    @Override
    protected void reopen() {
        store.reopen();
    }
}
