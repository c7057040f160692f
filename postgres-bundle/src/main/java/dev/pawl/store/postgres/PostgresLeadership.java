package dev.pawl.store.postgres;

import dev.pawl.service.store.Leadership;
import dev.pawl.store.postgres.engine.StoreClock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The leadership among the servers of a {@link PostgresStore}: a row for each role, by the clock of the database. */
@Component(service = Leadership.class)
public final class PostgresLeadership implements Leadership {

    private static final String LEAD = "INSERT INTO leaders AS l (role, holder, term, until) VALUES (?, ?, 1, "
            + StoreClock.MICROS
            + " + ?) ON CONFLICT (role) DO UPDATE SET holder = excluded.holder, until = excluded.until, "
            + "term = l.term + CASE WHEN l.holder = excluded.holder AND l.until >= " + StoreClock.MICROS
            + " THEN 0 ELSE 1 END WHERE l.holder = excluded.holder OR l.until < " + StoreClock.MICROS
            + " OR NOT EXISTS (SELECT 1 FROM servers s WHERE s.owner = l.holder AND s.lease_until > "
            + StoreClock.MICROS + ") RETURNING term";
    private static final String CONCEDE =
            "UPDATE leaders SET until = 0 WHERE role = ? AND holder = ? AND term = ? AND until > 0";

    private final PostgresStore store;

    /** Leads among the servers of an open store. */
    @Activate
    public PostgresLeadership(@Reference PostgresStore store) {
        this.store = store;
    }

    @Override
    public CompletionStage<OptionalLong> lead(String role, Duration length) {
        return store.apart(1, work -> {
            work.changed();
            return work.statements()
                    .first(
                            LEAD,
                            row -> OptionalLong.of(row.getLong(1)),
                            role,
                            store.owner(),
                            TimeUnit.NANOSECONDS.toMicros(length.toNanos()))
                    .orElse(OptionalLong.empty());
        });
    }

    @Override
    public CompletionStage<Void> concede(String role, long term) {
        return store.apart(1, work -> {
                    work.changed();
                    return work.statements().update(CONCEDE, role, store.owner(), term);
                })
                .thenAccept(conceded -> {});
    }
}
