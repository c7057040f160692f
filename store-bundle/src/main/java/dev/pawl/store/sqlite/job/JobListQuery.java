package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobOrder;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.store.JobStore;
import dev.pawl.store.kit.JobPlace;
import dev.pawl.store.kit.ListPart;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages of jobs by filter. In the order of addition a page continues after the sequence number of the previous one's last job, so its cost
 * does not depend on the number of jobs before or after it. For all other orders see {@link SortedJobs}.
 */
public final class JobListQuery implements Session.Reading<JobPage<Job>> {

    private static final String BY_SEQ = JobRow.SELECT + "WHERE j.seq = ?";

    private final JobFilter filter;
    private final JobOrder order;
    private final @Nullable JobPlace after;

    public JobListQuery(JobFilter filter) {
        this.filter = filter;
        this.order = filter.order();
        this.after = filter.cursor().map(cursor -> JobPlace.of(cursor, order)).orElse(null);
    }

    @Override
    public JobPage<Job> read(Session session) throws SQLException {
        return session.atOneMoment(this::page);
    }

    private JobPage<Job> page(Session session) throws SQLException {
        int most = filter.limit() + 1; // one more than fits, to see whether this is the last page
        List<JobPlace> places = order.isByAddition()
                ? byAddition(session, most)
                : new SortedJobs(filter, order).after(session, after, most);
        List<Job> jobs = new ArrayList<>();
        AtomicLong weighs = new AtomicLong();
        for (JobPlace place : places.subList(0, Math.min(places.size(), filter.limit()))) {
            Job job = session.first(BY_SEQ, row -> weighed(row, weighs), place.seq())
                    .orElseThrow();
            if (!jobs.isEmpty() && weighs.get() > JobStore.PAGE_CHARACTERS) {
                break;
            }
            jobs.add(job);
        }
        return new JobPage<>(
                jobs, places.size() > jobs.size() ? places.get(jobs.size() - 1).cursor(order) : null);
    }

    private static Job weighed(ResultSet row, AtomicLong weighs) throws SQLException {
        Job job = JobRow.readJob(row);
        weighs.addAndGet(JobRow.weight(job, row));
        return job;
    }

    private List<JobPlace> byAddition(Session session, int most) throws SQLException {
        boolean newest = order == JobOrder.NEWEST;
        long end = after != null ? after.seq() : newest ? Long.MAX_VALUE : Long.MIN_VALUE;
        List<JobPlace> places = new ArrayList<>();
        for (ListPart part : FilteredJobs.parts(session, filter)) {
            ListPart found = FilteredJobs.byAddition(session, FilteredJobs.withText(part, filter));
            String sql = "SELECT seq FROM " + found.from() + " AND seq " + (newest ? "<" : ">") + " ? ORDER BY seq "
                    + (newest ? "DESC" : "ASC") + " LIMIT ?";
            places.addAll(session.list(sql, row -> JobPlace.of(row.getLong(1)), found.valuesAnd(end, most)));
        }
        places.sort(JobPlace.in(order));
        return places;
    }
}
