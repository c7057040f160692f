package dev.pawl.store.postgres.job;

import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.SqlCall;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The records of jobs that a transaction has read or made. Those of runs of this process stay known from one transaction to the next, so that
 * a write of a run reads nothing: that it is still the owner is a condition of the statements. Used by the writer's thread alone.
 */
final class Records {

    /** Locks runs of external workers, which every server may write: what is read next stays so until the transaction ends. */
    private static final String LOCK = "SELECT 1 FROM (SELECT unnest(?::uuid[]) AS id ORDER BY 1) AS wanted "
            + "CROSS JOIN LATERAL (SELECT job FROM jobs WHERE jobs.id = wanted.id OFFSET 0) j "
            + "CROSS JOIN LATERAL (SELECT 1 FROM runs WHERE runs.job = j.job AND runs.lease_until IS NOT NULL OFFSET 0 "
            + "FOR NO KEY UPDATE) r";

    private static final String PRESENT = "SELECT id FROM jobs WHERE id = ANY (?)";

    private final long owner;
    private final Map<UUID, JobRecord> known = new HashMap<>(); // runs of this process, as the last commit left them
    private final Map<UUID, JobRecord> records = new HashMap<>(); // what this transaction has read or made
    private final Set<UUID> absent = new HashSet<>(); // jobs that were looked for and are not there
    private boolean hasRead; // in this transaction
    private @Nullable Session session;

    /** Begins without any knowledge; {@code owner} is the number of this process. */
    Records(long owner) {
        this.owner = owner;
    }

    /**
     * Begins a transaction.
     *
     * @param jobs the jobs that it will change
     * @param added the jobs that it will add
     * @return the calls that read the records of those, and find out whether these are there
     */
    List<SqlCall> begin(Session open, Collection<UUID> jobs, Collection<UUID> added) {
        session = open;
        absent.clear();
        hasRead = false;
        Set<UUID> missing = missing(jobs);
        absent.addAll(missing); // unless they are found
        List<SqlCall> calls = new ArrayList<>(reading(missing));
        Set<UUID> fresh = missing(added);
        if (!fresh.isEmpty()) {
            absent.addAll(fresh);
            calls.add(
                    new SqlCall(PRESENT, SqlArray.ids(fresh)).each(row -> absent.remove(row.getObject(1, UUID.class))));
        }
        return calls;
    }

    private List<SqlCall> reading(Set<UUID> missing) {
        SqlArray ids = SqlArray.ids(missing);
        return missing.isEmpty()
                ? List.of()
                : List.of(
                        new SqlCall(LOCK, ids),
                        new SqlCall(JobRecord.BY_IDS, ids).each(row -> found(JobRecord.read(row))));
    }

    private void found(JobRecord read) {
        absent.remove(read.id);
        add(read);
    }

    private Set<UUID> missing(Collection<UUID> ids) {
        Set<UUID> missing = new LinkedHashSet<>(ids);
        missing.removeIf(id -> records.containsKey(id) || known.containsKey(id) || absent.contains(id));
        return missing;
    }

    /** The number of those jobs that run here, without a lease. */
    long ofHere(Collection<UUID> jobs) {
        return jobs.stream().distinct().filter(known::containsKey).count();
    }

    /** Whether jobs were read in this transaction, which other servers may have changed last. */
    boolean hasRead() {
        return hasRead;
    }

    /** The record of a job; null when there is none. */
    @Nullable
    JobRecord find(UUID id) throws SQLException {
        JobRecord record = records.get(id);
        if (record == null) {
            record = known.get(id);
            if (record != null) {
                records.put(id, record);
            }
        }
        if (record == null) {
            load(List.of(id));
            record = records.get(id);
        }
        return record == null || record.now.place == Place.NONE ? null : record;
    }

    /** Reads the records of jobs that this transaction does not have yet. */
    void load(Collection<UUID> ids) throws SQLException {
        Set<UUID> missing = missing(ids);
        absent.addAll(missing); // unless they are found
        session().all(reading(missing));
    }

    /** The records of jobs by their numbers, in this order; the tables must be as the records are. */
    List<JobRecord> byNumber(List<Long> jobs) throws SQLException {
        Map<Long, JobRecord> found = new HashMap<>();
        if (!jobs.isEmpty()) {
            session().all(List.of(reading(jobs, found)));
        }
        return jobs.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** The call that reads the records of jobs by their numbers; the tables must be as the records are by then. */
    SqlCall reading(List<Long> jobs, Map<Long, JobRecord> found) {
        return new SqlCall(JobRecord.BY_NUMBERS, SqlArray.numbers(jobs)).each(row -> {
            JobRecord read = JobRecord.read(row);
            found.put(read.job, add(read));
        });
    }

    /** Takes a record that was read, unless there is one of the same job; returns the one that counts. */
    JobRecord add(JobRecord read) {
        hasRead = true;
        JobRecord own = known.get(read.id);
        if (own != null) {
            records.putIfAbsent(read.id, own);
        }
        JobRecord present = records.putIfAbsent(read.id, read);
        return present == null ? read : present;
    }

    /** Takes the record of a new job. */
    void put(UUID id, JobRecord created) {
        absent.remove(id);
        records.put(id, created);
    }

    /** Forgets what waits for a time, since statements have changed its rows. */
    void forgetLater() {
        records.values().removeIf(record -> record.now.place == Place.LATER);
    }

    /** Keeps what goes on here, and is written by no other server. */
    void committed() {
        for (JobRecord record : records.values()) {
            if (record.now.place == Place.RUNS && record.now.owner == owner && record.now.isWithoutLease()) {
                known.put(record.id, record);
            } else {
                known.remove(record.id);
            }
        }
        records.clear();
    }

    /** Forgets all, since the transaction was undone. */
    void forget() {
        known.clear();
        records.clear();
    }

    private Session session() {
        return Objects.requireNonNull(session, "no transaction is under way");
    }
}
