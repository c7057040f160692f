package dev.pawl.store.postgres.job;

import dev.pawl.store.kit.StatusText;
import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.SqlCall;
import dev.pawl.store.postgres.engine.SqlRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes where jobs stand: deletes their rows from the tables in which they were, and inserts them into those in which they are. */
final class PlaceRows {

    private static final String[] CARRIED = {
        "epoch",
        "bigint",
        "attempt",
        "integer",
        "crashes",
        "integer",
        "crash_mark",
        "text",
        "crashes_at_mark",
        "integer",
        "task_index",
        "integer",
        "elapsed_ns",
        "bigint",
        "started_at",
        "bigint",
        "run_started_at",
        "bigint",
        "parked",
        "text",
        "worker",
        "text",
        "module_version",
        "text",
        "percent",
        "float8",
        "info",
        "text",
        "lines",
        "bigint",
        "lines_dropped",
        "bigint",
        "log_size",
        "bigint",
        "results",
        "bigint",
        "final_results",
        "bigint",
        "failure",
        "text",
        "generation",
        "bigint"
    };
    private static final String[] QUEUED = {
        "job", "bigint", "module_key", "text", "lane", "bigint", "queued_at", "bigint"
    };
    private static final String[] LATER = {"due_at", "bigint"};
    private static final String[] RUNS = { // whose last one stays as long as the run goes on
        "owner", "bigint", "lease_until", "bigint", "trial_until", "bigint", "limited_claim", "bigint"
    };
    private static final String[] ENDED = {
        "status", "text", "completed_at", "bigint", "stopper_id", "text", "stopper_name", "text"
    };

    private static final String[] RUN_COLUMNS = columns(RUNS);

    /** The place of the owner among the columns of a run, before which are those that never change. */
    private static final int OWNER = QUEUED.length / 2;

    /** The runs of a set that go on as they were read, each found by its key: see {@link JobRecord#BY_IDS}. */
    private static final String FENCED =
            "CROSS JOIN LATERAL (SELECT r.ctid AS place FROM runs r WHERE r.job = g.fenced_job "
                    + "AND r.epoch = g.fenced_epoch AND r.owner = g.fenced_owner OFFSET 0) f";

    private static final String END_RUNS =
            "DELETE FROM runs AS t USING unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS g (fenced_job, fenced_epoch, fenced_owner) "
                    + FENCED + " WHERE t.ctid = f.place";

    private final Map<Place, SqlRows> inserts = new EnumMap<>(Place.class);

    PlaceRows() {
        inserts.put(Place.READY, new SqlRows("ready", "", columns(new String[0])));
        inserts.put(Place.LATER, new SqlRows("later", "", columns(LATER)));
        inserts.put(Place.RUNS, new SqlRows("runs", "", RUN_COLUMNS));
        inserts.put(Place.ENDED, new SqlRows("ended", "", columns(ENDED)));
    }

    private static String[] columns(String[] own) {
        return Stream.of(QUEUED, own, CARRIED).flatMap(Arrays::stream).toArray(String[]::new);
    }

    /** Adds the statements that bring the rows of jobs to where the records are. Each row that goes must be as it was read. */
    void write(Collection<JobRecord> changed, List<SqlCall> calls) {
        Map<Place, List<JobRecord>> gone = new EnumMap<>(Place.class);
        List<JobRecord> goOn = new ArrayList<>();
        for (JobRecord record : changed) {
            JobColumns before = record.stored;
            if (before != null && before.place == Place.RUNS && record.now.place == Place.RUNS) {
                goOn.add(record);
                continue;
            }
            if (before != null) {
                gone.computeIfAbsent(before.place, place -> new ArrayList<>()).add(record);
            }
            SqlRows rows = inserts.get(record.now.place);
            if (rows != null) {
                rows.add(values(record));
            }
        }
        gone.forEach((place, records) -> calls.add(delete(place, records)));
        if (!goOn.isEmpty()) {
            calls.add(update(goOn));
        }
        inserts.values().forEach(rows -> rows.moveTo(calls));
    }

    private static SqlCall delete(Place place, List<JobRecord> records) {
        SqlArray jobs = numbers(records, record -> record.job);
        return switch (place) {
            case READY -> SqlCall.expecting(records.size(), "DELETE FROM ready WHERE job = ANY (?)", jobs);
            case LATER -> SqlCall.expecting(records.size(), "DELETE FROM later WHERE job = ANY (?)", jobs);
            case ENDED -> SqlCall.expecting(records.size(), "DELETE FROM ended WHERE job = ANY (?)", jobs);
            case RUNS -> SqlCall.expecting(records.size(), END_RUNS, jobs, fenceEpochs(records), fenceOwners(records));
            case NONE -> throw new IllegalStateException("A job that is gone has no row.");
        };
    }

    private static SqlArray fenceEpochs(List<JobRecord> records) {
        return numbers(records, record -> stored(record).epoch);
    }

    private static SqlArray fenceOwners(List<JobRecord> records) {
        return numbers(records, record -> stored(record).owner);
    }

    private static JobColumns stored(JobRecord record) {
        JobColumns stored = record.stored;
        if (stored == null) {
            throw new IllegalStateException("Job " + record.id + " has no row yet.");
        }
        return stored;
    }

    private static SqlArray numbers(List<JobRecord> records, Function<JobRecord, @Nullable Long> column) {
        List<@Nullable Long> all = new ArrayList<>(records.size());
        records.forEach(record -> all.add(column.apply(record)));
        return new SqlArray("int8", all);
    }

    /** The update of what has changed of runs that go on, by the same fence. */
    private static SqlCall update(List<JobRecord> records) {
        List<@Nullable Object[]> before =
                records.stream().map(record -> values(record, stored(record))).toList();
        List<@Nullable Object[]> after = records.stream().map(PlaceRows::values).toList();
        StringBuilder sets = new StringBuilder();
        StringBuilder places = new StringBuilder("?::bigint[], ?::bigint[], ?::bigint[]");
        StringBuilder columns = new StringBuilder("fenced_job, fenced_epoch, fenced_owner");
        List<Object> values = new ArrayList<>(
                List.of(numbers(records, record -> record.job), fenceEpochs(records), fenceOwners(records)));
        for (int column : changed(before, after)) {
            String name = RUN_COLUMNS[2 * column];
            String type = RUN_COLUMNS[2 * column + 1];
            sets.append(sets.isEmpty() ? "" : ", ").append(name).append(" = g.").append(name);
            places.append(", ?::").append(type).append("[]");
            columns.append(", ").append(name);
            List<@Nullable Object> all = new ArrayList<>(records.size());
            after.forEach(row -> all.add(row[column]));
            values.add(new SqlArray(type, all));
        }
        String sql = "UPDATE runs AS t SET " + sets + " FROM unnest(" + places + ") AS g (" + columns + ") " + FENCED
                + " WHERE t.ctid = f.place";
        return SqlCall.expecting(records.size(), sql, values.toArray());
    }

    /** The columns in which a row is another one than before; when none is, that of the owner, since the fence is to be passed all the same. */
    private static List<Integer> changed(List<@Nullable Object[]> before, List<@Nullable Object[]> after) {
        List<Integer> changed = IntStream.range(OWNER, RUN_COLUMNS.length / 2)
                .filter(column -> IntStream.range(0, after.size())
                        .anyMatch(row -> !Objects.equals(before.get(row)[column], after.get(row)[column])))
                .boxed()
                .toList();
        return changed.isEmpty() ? List.of(OWNER) : changed;
    }

    private static @Nullable Object[] values(JobRecord record) {
        return values(record, record.now);
    }

    /** The row of a job, in the order of the columns of its place. */
    private static @Nullable Object[] values(JobRecord record, JobColumns now) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(record.job);
        values.add(record.moduleKey);
        values.add(now.lane);
        values.add(record.queuedAt);
        switch (now.place) {
            case LATER -> values.add(now.dueAt);
            case RUNS -> {
                values.add(now.owner);
                values.add(now.leaseUntil);
                values.add(now.trialUntil);
                values.add(now.limitedClaim);
            }
            case ENDED -> {
                values.add(StatusText.of(now.status));
                values.add(now.completedAt);
                values.add(now.stopperId);
                values.add(now.stopperName);
            }
            case READY, NONE -> {}
        }
        boolean begun = now.epoch > 0 || now.lines > 0;
        values.add(begun ? now.epoch : null);
        values.add(now.attempt == 1 ? null : now.attempt);
        values.add(now.crashes == 0 ? null : now.crashes);
        values.add(now.crashMark);
        values.add(now.crashesAtMark == 0 ? null : now.crashesAtMark);
        values.add(now.taskIndex == 0 ? null : now.taskIndex);
        values.add(nullIfZero(now.elapsedNs));
        values.add(now.startedAt);
        boolean isFirstRun = Objects.equals(now.runStartedAt, now.startedAt);
        values.add(now.place == Place.ENDED && isFirstRun ? null : now.runStartedAt);
        values.add(now.parked);
        values.add(now.worker);
        values.add(now.moduleVersion);
        values.add(now.percent == 0 ? null : now.percent);
        values.add(now.info);
        values.add(nullIfZero(now.lines));
        values.add(nullIfZero(now.linesDropped));
        values.add(nullIfZero(now.logSize));
        values.add(nullIfZero(now.results));
        values.add(nullIfZero(now.finalResults));
        values.add(now.failure);
        values.add(now.place == Place.ENDED ? null : nullIfZero(now.generation));
        return values.toArray();
    }

    private static @Nullable Long nullIfZero(long number) {
        return number == 0 ? null : number;
    }

    void clear() {
        inserts.values().forEach(SqlRows::clear);
    }
}
