package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobOrder;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.store.kit.JobPlace;
import dev.pawl.store.kit.ListPart;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of a filter in an order that no index has. An index for each order would cost every finished job bytes and every end of a job a page,
 * so they are sorted in memory, {@link JobOrder#MOST_SORTED} at most; the filter's text does not count, since finding it reads the rows anyway.
 */
final class SortedJobs {

    private final JobFilter filter;
    private final JobOrder order;

    SortedJobs(JobFilter filter, JobOrder order) {
        this.filter = filter;
        this.order = order;
    }

    /** The first places after one, or the first at all. */
    List<JobPlace> after(Session session, @Nullable JobPlace after, int most) throws SQLException {
        List<ListPart> parts = FilteredJobs.parts(session, filter);
        refuseTooMany(session, parts);
        List<JobPlace> places = new ArrayList<>();
        for (ListPart part : parts) {
            ListPart found = FilteredJobs.withText(part, filter);
            places.addAll(
                    session.list("SELECT seq, " + column() + " FROM " + found.from(), this::place, found.valuesAnd()));
        }
        Comparator<JobPlace> comparison = JobPlace.in(order);
        return places.stream()
                .filter(place -> after == null || comparison.compare(place, after) > 0)
                .sorted(comparison)
                .limit(most)
                .toList();
    }

    private void refuseTooMany(Session session, List<ListPart> parts) throws SQLException {
        long left = JobOrder.MOST_SORTED + 1L;
        for (ListPart part : parts) {
            left -= session.number(
                    "SELECT count(*) FROM (SELECT 1 FROM " + part.from() + " LIMIT ?)", part.valuesAnd(left));
            if (left <= 0) {
                throw new ProblemException(
                        ProblemCode.TOO_MANY_TO_SORT,
                        "More than " + JobOrder.MOST_SORTED + " jobs would have to be sorted for sort="
                                + order.wireName() + "; only created and created:asc list any number.");
            }
        }
    }

    private String column() {
        return switch (order) {
            case NEWEST, OLDEST -> "NULL";
            case STARTED_LAST, STARTED_FIRST -> "started_at";
            case COMPLETED_LAST, COMPLETED_FIRST -> "completed_at";
            case HIGHEST_PRIORITY, LOWEST_PRIORITY -> "priority";
            case MODULE, MODULE_REVERSED -> "module_key";
        };
    }

    private JobPlace place(ResultSet row) throws SQLException {
        long seq = row.getLong(1);
        if (JobPlace.isByText(order)) {
            return new JobPlace(seq, null, row.getString(2));
        }
        long number = row.getLong(2);
        return new JobPlace(seq, row.wasNull() ? null : number, "");
    }
}
