package dev.pawl.it.history;

import dev.pawl.it.history.History.Lease;
import dev.pawl.testkit.Eventually;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * A table beside those of the store, to which triggers append what is written of jobs, leases and transactions. They are part of the transactions
 * that they record: what was undone is not in it, and what a database lost is lost in it as well.
 */
public final class HistoryLog {

    private static final String INSTALL = """
            CREATE SCHEMA proof;
            CREATE TABLE proof.history (
                n     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                txid  bigint NOT NULL DEFAULT txid_current(),
                at    bigint NOT NULL DEFAULT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
                began bigint NOT NULL DEFAULT (extract(epoch FROM now()) * 1000000)::bigint,
                place text   NOT NULL,
                kind  text   NOT NULL,
                id    uuid, job bigint, epoch bigint, owner bigint, number bigint, results bigint, final_results bigint,
                module_key text, status text, lease_until bigint, body jsonb
            );
            CREATE FUNCTION proof.note () RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE r jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
            BEGIN
                INSERT INTO proof.history (place, kind, id, job, epoch, owner, number, results, final_results, module_key, status, lease_until)
                VALUES (TG_TABLE_NAME, TG_OP, (r ->> 'id')::uuid, (r ->> 'job')::bigint, (r ->> 'epoch')::bigint, (r ->> 'owner')::bigint,
                    (r ->> 'n')::bigint, (r ->> 'results')::bigint, (r ->> 'final_results')::bigint, r ->> 'module_key',
                    CASE r ->> 'status' WHEN 'c' THEN 'completed' WHEN 'f' THEN 'failed' WHEN 's' THEN 'stopped' END,
                    (r ->> 'lease_until')::bigint);
                RETURN NULL;
            END $$;
            CREATE FUNCTION proof.note_body () RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO proof.history (place, kind, body)
                VALUES (TG_TABLE_NAME, TG_OP, to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END));
                RETURN NULL;
            END $$;
            CREATE TRIGGER proof AFTER INSERT OR UPDATE OR DELETE ON deployments FOR EACH ROW EXECUTE FUNCTION proof.note_body ();
            CREATE TRIGGER proof AFTER INSERT OR UPDATE OR DELETE ON server_modules FOR EACH ROW EXECUTE FUNCTION proof.note_body ();
            CREATE TRIGGER proof AFTER INSERT OR UPDATE OR DELETE ON roll_outs FOR EACH ROW EXECUTE FUNCTION proof.note_body ();
            CREATE TRIGGER proof AFTER INSERT OR UPDATE OR DELETE ON roll_out_steps FOR EACH ROW EXECUTE FUNCTION proof.note_body ();
            CREATE TRIGGER proof AFTER INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION proof.note ();
            CREATE TRIGGER proof AFTER INSERT ON commits FOR EACH ROW EXECUTE FUNCTION proof.note ();
            CREATE TRIGGER proof AFTER INSERT OR UPDATE OR DELETE ON servers FOR EACH ROW EXECUTE FUNCTION proof.note ();
            CREATE TRIGGER proof AFTER INSERT OR UPDATE OR DELETE ON ready FOR EACH ROW EXECUTE FUNCTION proof.note ();
            CREATE TRIGGER proof AFTER INSERT OR UPDATE OR DELETE ON later FOR EACH ROW EXECUTE FUNCTION proof.note ();
            CREATE TRIGGER proof AFTER INSERT OR UPDATE OR DELETE ON runs FOR EACH ROW EXECUTE FUNCTION proof.note ();
            CREATE TRIGGER proof AFTER INSERT OR UPDATE OR DELETE ON ended FOR EACH ROW EXECUTE FUNCTION proof.note ();
            INSERT INTO proof.history (place, kind, body) SELECT 'deployments', 'INSERT', to_jsonb(r) FROM deployments r;
            INSERT INTO proof.history (place, kind, body) SELECT 'server_modules', 'INSERT', to_jsonb(r) FROM server_modules r;
            INSERT INTO proof.history (place, kind, owner, lease_until) SELECT 'servers', 'INSERT', owner, lease_until FROM servers
            """;

    private static final String READ = "SELECT *, coalesce((extract(epoch FROM "
            + "pg_xact_commit_timestamp(txid::text::xid)) * 1000000)::bigint, at) AS committed FROM proof.history ORDER BY n";

    private static final String DEADLOCK = "40P01";

    private final DataSource database;

    /** Names the database, in which a server has made the tables of the store. */
    public HistoryLog(DataSource database) {
        this.database = database;
    }

    /** Begins the log with the servers and modules that are there; nothing may have been written of jobs before. */
    public void begin() {
        Eventually.eventually("the triggers of the history are there", this::isInstalled);
    }

    /** Installs all of it or nothing: a server that writes meanwhile can be in a deadlock with it. */
    private boolean isInstalled() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(INSTALL);
            return true;
        } catch (SQLException e) {
            if (DEADLOCK.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** The number of the server that was the last to start with a name. */
    public long owner(String name) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT owner FROM servers WHERE name = '" + name + "' ORDER BY started_at DESC LIMIT 1")) {
            if (!row.next()) {
                throw new IllegalStateException("There is no server " + name + ".");
            }
            return row.getLong(1);
        }
    }

    /** Reads all of it. */
    public History read() throws SQLException {
        Map<UUID, Long> jobs = new HashMap<>();
        List<Move> moves = new ArrayList<>();
        List<Lease> leases = new ArrayList<>();
        Map<Long, Long> writers = new HashMap<>();
        List<Fact> facts = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(READ)) {
            while (row.next()) {
                switch (row.getString("place")) {
                    case "jobs" -> jobs.put(row.getObject("id", UUID.class), row.getLong("job"));
                    case "commits" -> {
                        if (row.getLong("number") > 0) { // row 0 is a sum
                            writers.put(row.getLong("txid"), row.getLong("owner"));
                        }
                    }
                    case "servers" -> leases.add(lease(row));
                    case "deployments", "server_modules", "roll_outs", "roll_out_steps" -> facts.add(fact(row));
                    default -> moves.add(move(row));
                }
            }
        }
        return new History(jobs, moves, leases, writers, facts);
    }

    private static Fact fact(ResultSet row) throws SQLException {
        return Fact.of(
                row.getLong("committed"),
                row.getLong("txid"),
                row.getString("place"),
                row.getString("kind"),
                row.getString("body"));
    }

    private static Lease lease(ResultSet row) throws SQLException {
        boolean isGone = row.getString("kind").equals("DELETE");
        return new Lease(
                row.getLong("n"), row.getLong("at"), row.getLong("owner"), isGone ? 0 : row.getLong("lease_until"));
    }

    private static Move move(ResultSet row) throws SQLException {
        return new Move(
                row.getLong("n"),
                row.getLong("txid"),
                row.getLong("at"),
                row.getLong("began"),
                row.getLong("job"),
                Move.Place.valueOf(row.getString("place").toUpperCase(Locale.ROOT)),
                Move.Kind.valueOf(row.getString("kind")),
                row.getString("module_key"),
                row.getLong("epoch"),
                row.getLong("owner"),
                row.getLong("results"),
                row.getLong("final_results"),
                row.getString("status") == null ? "" : row.getString("status"));
    }
}
