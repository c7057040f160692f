package dev.pawl.service.job;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An action on many jobs: on those of a filter, or on those that are named.
 *
 * @param action the action
 * @param filter the jobs, but for the order and the page; null when they are named. Without a status it lets those through on which the
 *     action can be carried out
 * @param jobs the names of the jobs, ids or unique prefixes; empty with a filter
 * @param except the names of jobs that the filter lets through and that are left alone
 * @param priority the new priority, to prioritize; null otherwise
 */
public record BulkAction(
        JobAction action,
        @Nullable JobFilter filter,
        List<String> jobs,
        List<String> except,
        @Nullable Integer priority) {

    /** The greatest number of jobs that are named. */
    public static final int MOST_NAMED = 1_000;

    /** Each error is an {@link IllegalArgumentException} that names the field, its value and what it takes. */
    public BulkAction {
        jobs = List.copyOf(jobs);
        except = List.copyOf(except);
        if ((filter == null) == jobs.isEmpty()) {
            throw new IllegalArgumentException(
                    filter == null
                            ? "filter and ids are missing; give one of them."
                            : "ids and filter are given; give one of them.");
        }
        requireFew("ids", jobs);
        requireFew("except", except);
        if (filter == null && !except.isEmpty()) {
            throw new IllegalArgumentException("except belongs to filter; leave those jobs out of ids.");
        }
        if (filter != null && filter.isOpen()) {
            throw new IllegalArgumentException(
                    "filter has no condition, and would let all jobs through; give one, such as status.");
        }
        Set<JobStatus> others = filter == null ? Set.of() : others(action, filter.statuses());
        if (!others.isEmpty()) {
            throw new IllegalArgumentException("filter.status has " + words(others) + "; " + action.wireName()
                    + " takes jobs that are " + words(action.statuses()) + ".");
        }
        if ((action == JobAction.PRIORITIZE) != (priority != null)) {
            throw new IllegalArgumentException(
                    priority == null
                            ? "priority is missing; prioritize takes -1000 to 1000."
                            : "priority belongs to prioritize, and the action is " + action.wireName() + ".");
        }
        Optional.ofNullable(priority).ifPresent(JobRequest::checkPriority);
    }

    private static void requireFew(String field, List<String> names) {
        if (names.size() > MOST_NAMED) {
            throw new IllegalArgumentException(field + " has " + names.size() + " entries; it takes at most 1000.");
        }
    }

    private static Set<JobStatus> others(JobAction action, Set<JobStatus> statuses) {
        return statuses.stream()
                .filter(status -> !action.statuses().contains(status))
                .collect(Collectors.toSet());
    }

    private static String words(Set<JobStatus> statuses) {
        return new TreeSet<>(statuses).stream().map(JobStatus::wireName).collect(Collectors.joining(", "));
    }

    /** A description in some words for the audit: no values but of the filter. */
    public String summary() {
        String what = action.wireName() + (priority == null ? "" : " to " + priority);
        if (filter == null) {
            return what + " of " + jobs.size() + " named jobs";
        }
        StringBuilder of = new StringBuilder(what + " of jobs with");
        if (!filter.statuses().isEmpty()) {
            of.append(" status ").append(words(filter.statuses()));
        }
        filter.module().ifPresent(module -> of.append(" module ").append(module));
        filter.text().ifPresent(text -> of.append(" text \"").append(text).append('"'));
        filter.since().ifPresent(time -> of.append(" since ").append(time));
        filter.until().ifPresent(time -> of.append(" until ").append(time));
        return except.isEmpty() ? of.toString() : of + " except " + except.size();
    }

    /** The jobs of the filter on which the action can be carried out. */
    public Optional<JobFilter> selected() {
        return Optional.ofNullable(filter)
                .map(given -> given.statuses().isEmpty() ? given.withStatuses(action.statuses()) : given);
    }
}
