package dev.pawl.store.sqlite;

import dev.pawl.service.store.Leadership;
import dev.pawl.testkit.LeadershipContract;

class SqliteLeadershipTest extends LeadershipContract {

    @Override
    protected Leadership leadership() {
        return new SqliteLeadership();
    }
}
