package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static dev.pawl.testkit.JobStoreDriver.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobOrder;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.JobTally;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.NewJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of the orders of job lists, and of their numbers. */
interface JobOrderContract extends JobStoreTests {

    @Test
    default void theOldestComeFirstInTheReversedOrder() {
        for (int n = 0; n < 5; n++) {
            jobs().started("b");
        }
        jobs().add("a");
        jobs().add("a");
        List<UUID> oldest = new ArrayList<>(walk(JobFilter.all()));
        Collections.reverse(oldest);
        for (int limit : List.of(1, 3, 100)) {
            assertEquals(oldest, walk(JobFilter.all().inOrder(JobOrder.OLDEST).withLimit(limit)));
        }
    }

    @Test
    default void jobsAreInTheOrderOfTheirEndAndThoseWithoutOneComeLast() {
        Job first = jobs().started("a");
        Job second = jobs().started("b");
        Job running = jobs().started("a");
        Job waiting = jobs().add("a");
        clock().advance(Duration.ofMinutes(1));
        jobs().write(jobs().move(second, jobs().completed()));
        clock().advance(Duration.ofMinutes(1));
        jobs().write(jobs().move(first, jobs().completed()));
        List<UUID> unended = List.of(waiting.id(), running.id());
        assertOrder(JobOrder.COMPLETED_LAST, List.of(first.id(), second.id()), unended);
        assertOrder(JobOrder.COMPLETED_FIRST, List.of(second.id(), first.id()), unended);
    }

    @Test
    default void jobsAreInTheOrderOfTheirStart() {
        Job first = jobs().started("b");
        clock().advance(Duration.ofMinutes(1));
        Job second = jobs().started("c");
        Job waiting = jobs().add("a");
        assertOrder(JobOrder.STARTED_LAST, List.of(second.id(), first.id()), List.of(waiting.id()));
        assertOrder(JobOrder.STARTED_FIRST, List.of(first.id(), second.id()), List.of(waiting.id()));
    }

    @Test
    default void equalPrioritiesAreNewestFirst() {
        Job low = jobs().add(request("a").priority(-5).build());
        Job usual = jobs().add("b");
        Job high = jobs().add(request("a").priority(9).build());
        Job newer = jobs().add("a");
        assertOrder(JobOrder.HIGHEST_PRIORITY, List.of(high.id(), newer.id(), usual.id(), low.id()), List.of());
        assertOrder(JobOrder.LOWEST_PRIORITY, List.of(low.id(), newer.id(), usual.id(), high.id()), List.of());
    }

    @Test
    default void modulesAreInTheOrderOfTheirNames() {
        Job a = jobs().started("a");
        Job c = jobs().add("c\nc");
        Job b = jobs().add("b");
        assertOrder(JobOrder.MODULE, List.of(a.id(), b.id(), c.id()), List.of());
        assertOrder(JobOrder.MODULE_REVERSED, List.of(c.id(), b.id(), a.id()), List.of());
    }

    @Test
    default void aSortedListIsFilteredToo() {
        Job low = jobs().add(request("a").priority(1).title("copy").build());
        Job high = jobs().add(request("a").priority(2).title("copy").build());
        jobs().add(request("a").priority(3).title("move").build());
        jobs().add(request("b").priority(4).title("copy").build());
        assertEquals(
                List.of(high.id(), low.id()),
                walk(JobFilter.all()
                        .withModule("a")
                        .withText("copy")
                        .inOrder(JobOrder.HIGHEST_PRIORITY)
                        .withLimit(1)));
    }

    @Test
    default void aCursorOfAnotherOrderIsRefused() {
        for (int n = 0; n < 3; n++) {
            jobs().add("a");
        }
        for (JobOrder given : JobOrder.values()) {
            String cursor =
                    store().list(JobFilter.all().inOrder(given).withLimit(1)).nextCursor();
            assertNotNull(cursor);
            for (JobOrder wanted : JobOrder.values()) {
                JobFilter next = JobFilter.all().inOrder(wanted).from(cursor);
                if (wanted != given) {
                    ProblemException problem =
                            assertThrows(ProblemException.class, () -> store().list(next), wanted::toString);
                    assertEquals(ProblemCode.MALFORMED, problem.code());
                }
            }
        }
    }

    @Test
    default void moreJobsThanCanBeSortedAreRefusedAndNarrowedOnesAreNot() {
        JobRequest request = request("a").build();
        await(store().add(Stream.generate(() -> new NewJob(UUID.randomUUID(), request, clock().instant()))
                .limit(JobOrder.MOST_SORTED)
                .toList()));
        JobFilter all = JobFilter.all().withLimit(2);
        assertEquals(2, store().list(all.inOrder(JobOrder.MODULE)).jobs().size());
        jobs().add("b");
        for (JobOrder order : JobOrder.values()) {
            JobFilter sorted = all.inOrder(order);
            if (order.isByAddition()) {
                assertEquals(2, store().list(sorted).jobs().size());
            } else {
                ProblemException problem =
                        assertThrows(ProblemException.class, () -> store().list(sorted), order::toString);
                assertEquals(ProblemCode.TOO_MANY_TO_SORT, problem.code());
                assertEquals(1, store().list(sorted.withModule("b")).jobs().size());
            }
        }
        JobTally known = store().tally(JobFilter.all(), false);
        assertEquals(JobTally.CAP + 1, known.counts().get(JobStatus.PENDING));
        assertEquals(OptionalLong.empty(), known.cappedAt());
        JobFilter waiting = JobFilter.all().withStatus(JobStatus.PENDING);
        assertEquals(
                OptionalLong.of(JobTally.CAP), store().tally(waiting, false).cappedAt());
        assertEquals(JobTally.CAP, store().tally(waiting, false).counts().get(JobStatus.PENDING));
        assertEquals(JobTally.CAP + 1, store().tally(waiting, true).counts().get(JobStatus.PENDING));
        assertEquals(OptionalLong.empty(), store().tally(waiting, true).cappedAt());
        assertEquals(
                OptionalLong.empty(),
                store().tally(waiting.withModule("a"), false).cappedAt());
    }

    @Test
    default void jobsAreCountedByTheFilterOfTheList() {
        jobs().write(jobs().move(jobs().started("a"), jobs().completed()));
        jobs().started("a", "b");
        jobs().add(request("a").title("copy").build());
        clock().advance(Duration.ofMinutes(1));
        jobs().add("b");
        assertEquals(counts(2, 1, 1), store().tally(JobFilter.all(), false));
        assertEquals(counts(1, 1, 1), store().tally(JobFilter.all().withModule("a"), false));
        assertEquals(counts(1, 0, 0), store().tally(JobFilter.all().withText("copy"), false));
        assertEquals(counts(1, 0, 0), store().tally(JobFilter.all().since(clock().instant()), false));
        assertEquals(counts(0, 1, 0), store().tally(JobFilter.all().withStatus(JobStatus.RUNNING), false));
    }

    private static JobTally counts(long pending, long running, long completed) {
        return JobTally.exact(
                Map.of(JobStatus.PENDING, pending, JobStatus.RUNNING, running, JobStatus.COMPLETED, completed));
    }

    private void assertOrder(JobOrder order, List<UUID> first, List<UUID> last) {
        List<UUID> expected = new ArrayList<>(first);
        expected.addAll(last);
        for (int limit : List.of(1, 2, 100)) {
            assertEquals(expected, walk(JobFilter.all().inOrder(order).withLimit(limit)), order + " by " + limit);
        }
    }

    private List<UUID> walk(JobFilter filter) {
        List<UUID> seen = new ArrayList<>();
        JobPage<Job> page = store().list(filter);
        seen.addAll(page.jobs().stream().map(Job::id).toList());
        for (String cursor = page.nextCursor(); cursor != null; cursor = page.nextCursor()) {
            page = store().list(filter.from(cursor));
            seen.addAll(page.jobs().stream().map(Job::id).toList());
        }
        return seen;
    }
}
