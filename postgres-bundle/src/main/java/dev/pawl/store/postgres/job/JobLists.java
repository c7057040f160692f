package dev.pawl.store.postgres.job;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobOrder;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.JobTally;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.store.kit.JobPlace;
import dev.pawl.store.kit.ListPart;
import dev.pawl.store.postgres.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads pages of jobs by filter, and counts them. */
public final class JobLists {

    private JobLists() {}

    /** A page of jobs. In the order of addition it continues after the number of the previous one's last job. */
    public static JobPage<Job> page(Session session, JobFilter filter) throws SQLException {
        JobOrder order = filter.order();
        JobPlace after =
                filter.cursor().map(cursor -> JobPlace.of(cursor, order)).orElse(null);
        return session.atOneMoment(moment -> {
            int most = filter.limit() + 1; // one more than fits, to see whether this is the last page
            List<JobPlace> places = order.isByAddition()
                    ? byAddition(moment, filter, after, most)
                    : sorted(moment, filter, after, most);
            List<Job> jobs = JobReads.byNumber(
                    moment,
                    places.subList(0, Math.min(places.size(), filter.limit())).stream()
                            .map(JobPlace::seq)
                            .toList());
            return new JobPage<>(
                    jobs,
                    places.size() > jobs.size() ? places.get(jobs.size() - 1).cursor(order) : null);
        });
    }

    private static List<JobPlace> byAddition(Session session, JobFilter filter, @Nullable JobPlace after, int most)
            throws SQLException {
        boolean newest = filter.order() == JobOrder.NEWEST;
        long end = after != null ? after.seq() : newest ? Long.MAX_VALUE : Long.MIN_VALUE;
        List<JobPlace> places = new ArrayList<>();
        for (ListPart part : FilteredJobs.parts(session, filter)) {
            ListPart found = FilteredJobs.withText(part, filter);
            String sql = "SELECT j.job FROM " + found.from() + " AND j.job " + (newest ? "<" : ">")
                    + " ? ORDER BY j.job " + (newest ? "DESC" : "ASC") + " LIMIT ?";
            places.addAll(session.list(sql, row -> JobPlace.of(row.getLong(1)), found.valuesAnd(end, most)));
        }
        places.sort(JobPlace.in(filter.order()));
        return places;
    }

    /** The first places after one in an order that no index has: they are sorted in memory, a limited number of them. */
    private static List<JobPlace> sorted(Session session, JobFilter filter, @Nullable JobPlace after, int most)
            throws SQLException {
        JobOrder order = filter.order();
        List<ListPart> parts = FilteredJobs.parts(session, filter);
        refuseTooMany(session, parts, order);
        List<JobPlace> places = new ArrayList<>();
        for (ListPart part : parts) {
            ListPart found = FilteredJobs.withText(part, filter);
            places.addAll(session.list(
                    "SELECT x.job, " + column(order) + " FROM (SELECT j.* FROM " + found.from()
                            + ") x JOIN job_places q ON q.job = x.job",
                    row -> place(row, order),
                    found.valuesAnd()));
        }
        Comparator<JobPlace> comparison = JobPlace.in(order);
        return places.stream()
                .filter(place -> after == null || comparison.compare(place, after) > 0)
                .sorted(comparison)
                .limit(most)
                .toList();
    }

    private static void refuseTooMany(Session session, List<ListPart> parts, JobOrder order) throws SQLException {
        long left = JobOrder.MOST_SORTED + 1L;
        for (ListPart part : parts) {
            left -= count(session, part, left);
            if (left <= 0) {
                throw new ProblemException(
                        ProblemCode.TOO_MANY_TO_SORT,
                        "More than " + JobOrder.MOST_SORTED + " jobs would have to be sorted for sort="
                                + order.wireName() + "; only created and created:asc list any number.");
            }
        }
    }

    private static long count(Session session, ListPart part, long most) throws SQLException {
        return session.number(
                "SELECT count(*) FROM (SELECT 1 FROM " + part.from() + " LIMIT ?) x", part.valuesAnd(most));
    }

    private static String column(JobOrder order) {
        return switch (order) {
            case NEWEST, OLDEST -> "NULL::bigint";
            case STARTED_LAST, STARTED_FIRST -> "q.started_at";
            case COMPLETED_LAST, COMPLETED_FIRST -> "q.completed_at";
            case HIGHEST_PRIORITY, LOWEST_PRIORITY -> "x.priority";
            case MODULE, MODULE_REVERSED -> "x.module_key";
        };
    }

    private static JobPlace place(ResultSet row, JobOrder order) throws SQLException {
        long job = row.getLong(1);
        if (JobPlace.isByText(order)) {
            return new JobPlace(job, null, Session.presentText(row, 2));
        }
        long number = row.getLong(2);
        return new JobPlace(job, row.wasNull() ? null : number, "");
    }

    /** The numbers of the jobs that a filter lets through; each status is counted to the cap unless exact numbers are asked for. */
    public static JobTally tally(Session session, CommitSums sums, JobFilter filter, boolean exact)
            throws SQLException {
        if (filter.isOpen()) {
            return JobTally.exact(sums.read(session));
        }
        long most = exact ? Long.MAX_VALUE : JobTally.CAP + 1;
        return session.atOneMoment(moment -> {
            Set<JobStatus> statuses = filter.statuses().isEmpty() ? EnumSet.allOf(JobStatus.class) : filter.statuses();
            Map<JobStatus, Long> counts = new EnumMap<>(JobStatus.class);
            for (JobStatus status : statuses) {
                counts.put(status, count(moment, filter, status, most));
            }
            return exact ? JobTally.exact(counts) : JobTally.capped(counts);
        });
    }

    private static long count(Session session, JobFilter filter, JobStatus status, long most) throws SQLException {
        long count = 0;
        for (ListPart part : FilteredJobs.parts(session, filter.withStatus(status))) {
            count += count(session, FilteredJobs.withText(part, filter), most - count);
            if (count >= most) {
                break;
            }
        }
        return count;
    }
}
