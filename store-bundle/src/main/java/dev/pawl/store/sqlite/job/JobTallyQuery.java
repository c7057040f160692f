package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.JobTally;
import dev.pawl.store.kit.ListPart;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Counts the jobs of a filter by status. Without a filter the numbers are known. Otherwise each status is counted through indexes, to one more
 * than {@link JobTally#CAP} unless exact numbers are asked for.
 */
public final class JobTallyQuery implements Session.Reading<JobTally> {

    private final JobFilter filter;
    private final long most;

    public JobTallyQuery(JobFilter filter, boolean exact) {
        this.filter = filter;
        this.most = exact ? Long.MAX_VALUE : JobTally.CAP + 1;
    }

    @Override
    public JobTally read(Session session) throws SQLException {
        return filter.isOpen() ? JobTally.exact(JobReads.counts(session)) : session.atOneMoment(this::counted);
    }

    private JobTally counted(Session session) throws SQLException {
        Set<JobStatus> statuses = filter.statuses().isEmpty() ? EnumSet.allOf(JobStatus.class) : filter.statuses();
        Map<JobStatus, Long> counts = new EnumMap<>(JobStatus.class);
        for (JobStatus status : statuses) {
            counts.put(status, count(session, status));
        }
        return most == Long.MAX_VALUE ? JobTally.exact(counts) : JobTally.capped(counts);
    }

    private long count(Session session, JobStatus status) throws SQLException {
        long count = 0;
        for (ListPart part : FilteredJobs.parts(session, filter.withStatus(status))) {
            ListPart found = FilteredJobs.withText(part, filter);
            count += session.number(
                    "SELECT count(*) FROM (SELECT 1 FROM " + found.from() + " LIMIT ?)", found.valuesAnd(most - count));
            if (count >= most) {
                break;
            }
        }
        return count;
    }
}
