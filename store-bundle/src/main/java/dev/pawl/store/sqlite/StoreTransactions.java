package dev.pawl.store.sqlite;

import dev.pawl.store.sqlite.audit.AuditChain;
import dev.pawl.store.sqlite.audit.People;
import dev.pawl.store.sqlite.engine.Session;
import dev.pawl.store.sqlite.engine.Transactions;
import dev.pawl.store.sqlite.job.LiveJobs;
import java.sql.SQLException;

/** Follows the transactions of the store with all that is known beside its rows: the knowledge of live jobs, the end of the audit log, and the known people. */
record StoreTransactions(LiveJobs live, AuditChain audit, People people) implements Transactions {

    @Override
    public void begun(Session session) throws SQLException {
        live.begun(session);
    }

    @Override
    public long left() {
        return audit.waiting();
    }

    @Override
    public void ending(Session session) throws SQLException {
        live.ending(session);
        audit.ending(session);
    }

    @Override
    public Runnable committed() {
        audit.committed();
        return live.committed();
    }

    @Override
    public boolean isUnfinished() {
        return live.isUnfinished();
    }

    @Override
    public void undone() {
        audit.undone();
        people.forget();
        live.undone();
    }
}
