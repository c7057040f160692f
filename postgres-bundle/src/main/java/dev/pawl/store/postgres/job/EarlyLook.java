package dev.pawl.store.postgres.job;

import dev.pawl.service.store.ClaimRequest;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.postgres.engine.SqlCall;
import dev.pawl.store.postgres.engine.StoreClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The look of a claim that goes with the first statements of a transaction, while jobs wait and runs end: it locks and reads the jobs that go
 * first, which takes two round trips less than to look once the ends are written. Whatever else decides which jobs begin, such as a limit, a trial
 * or a job that has become due, makes it void; then a {@link ClaimLook} follows. Used by the writer's thread alone.
 */
final class EarlyLook {

    /** Whether something is due, suspected or on trial. */
    private static final String IS_SPECIAL =
            "SELECT coalesce((SELECT due_at FROM later WHERE due_at >= ? ORDER BY due_at LIMIT 1) <= coalesce(?::bigint, "
                    + StoreClock.MICROS + "), false) OR (SELECT job FROM ready WHERE crashes >= 2 "
                    + "ORDER BY lane, queued_at, job LIMIT 1) IS NOT NULL OR (" + Trials.UNTIL + ") IS NOT NULL";

    /** Locks the first jobs of all given lanes that no other server has locked, and reads them. */
    private static final String TAKE = "WITH first AS MATERIALIZED (SELECT s.job FROM (" + ClaimLook.FROM_STARTS
            + ") s (module_key, lane_end, lane, queued_at, job) ORDER BY s.lane, s.queued_at, s.job LIMIT ?), "
            + "locked AS MATERIALIZED (SELECT first.job FROM first CROSS JOIN LATERAL (SELECT ready.job FROM ready "
            + "WHERE ready.job = first.job OFFSET 0 FOR UPDATE SKIP LOCKED) r LIMIT ?) " + JobRecord.OF_LOCKED;

    private static final Comparator<JobRecord> ORDER = Comparator.comparing(EarlyLook::place, ReadyQueue.Entry.ORDER);

    private final Work work;
    private final List<Lanes.Lane> lanes;
    private final int most;
    private final List<JobRecord> found = new ArrayList<>();
    private boolean isSpecial;

    private EarlyLook(Work work, List<Lanes.Lane> lanes, int most) {
        this.work = work;
        this.lanes = lanes;
        this.most = most;
    }

    /**
     * A look for jobs of lanes without a limit; null when that is not known to be enough.
     *
     * @param lanes the lanes whose jobs are wanted
     * @param most the number of jobs for which there may be room
     */
    static @Nullable EarlyLook of(Work work, ClaimRequest request, List<Lanes.Lane> lanes, long most) {
        boolean isFree = work.lanes().isKnown()
                && !lanes.isEmpty()
                && lanes.stream().noneMatch(lane -> isLimited(lane.moduleKey(), request));
        return isFree && most > 0 ? new EarlyLook(work, lanes, Math.toIntExact(most)) : null;
    }

    private static boolean isLimited(String moduleKey, ClaimRequest request) {
        return !Collections.disjoint(
                ModuleKey.modules(moduleKey), request.limits().keySet());
    }

    private static ReadyQueue.Entry place(JobRecord record) {
        return new ReadyQueue.Entry(record.now.lane, record.queuedAt, record.job);
    }

    /**
     * Adds its statements.
     *
     * @param given the time of another clock than that of the database; null for none
     */
    void addTo(List<SqlCall> calls, @Nullable Instant given) {
        long from = work.lanes().due().micros();
        calls.add(new SqlCall(IS_SPECIAL, from, Micros.ofNullable(given), work.owner())
                .each(row -> isSpecial = row.getBoolean(1)));
        int wanted = work.news().hasOthers() ? 2 * most : most;
        List<@Nullable Object> values = new ArrayList<>(
                work.lanes().first(lanes, work.generations().behind(), wanted).values());
        values.add((long) wanted);
        values.add((long) most);
        calls.add(new SqlCall(TAKE, values.toArray())
                .each(row -> found.add(work.records().add(JobRecord.read(row)))));
    }

    /** Whether a new job goes after all that were found. */
    boolean precedes(JobRecord waiting) {
        return found.stream().allMatch(job -> ORDER.compare(job, waiting) < 0);
    }

    /** Whether jobs stay that it has locked, and that other servers have passed over meanwhile. */
    boolean isAnyLeft() {
        return found.stream().anyMatch(job -> job.now.place == Place.READY);
    }

    /**
     * The jobs that go first; empty when another look is needed.
     *
     * @param room the number of jobs for which there is room
     * @param request what is wanted by now
     * @param isWanted whether a job may begin here by now
     */
    List<JobRecord> take(long room, ClaimRequest request, Predicate<JobRecord> isWanted) {
        List<JobRecord> first = found.stream()
                .filter(job -> job.now.place == Place.READY)
                .sorted(ORDER)
                .limit(room)
                .toList();
        boolean isWhole = !isSpecial
                && first.size() == room
                && first.stream().allMatch(job -> !isLimited(job.moduleKey, request) && isWanted.test(job));
        return isWhole ? first : List.of();
    }
}
