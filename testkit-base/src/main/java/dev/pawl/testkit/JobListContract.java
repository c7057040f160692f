package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static dev.pawl.testkit.JobStoreDriver.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Phase;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of job lists and their filters. */
interface JobListContract extends JobStoreTests {

    @Test
    default void newestJobsComeFirst() {
        List<UUID> added = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            added.add(jobs().add("a").id());
        }
        Collections.reverse(added);
        assertEquals(added, ids(store().list(JobFilter.all())));
    }

    @Test
    default void aListedJobIsAsItIsFound() {
        Job job = jobs().started("a", "b");
        assertEquals(List.of(jobs().find(job)), store().list(JobFilter.all()).jobs());
    }

    @Test
    default void pagesFollowEachOther() {
        for (int n = 0; n < 7; n++) {
            jobs().add("a");
        }
        assertEquals(ids(store().list(JobFilter.all())), walk(JobFilter.all().withLimit(3), () -> {}));
    }

    @Test
    default void thePageThatEndsTheListSaysSo() {
        for (int n = 0; n < 4; n++) {
            jobs().add("a");
        }
        JobPage<Job> first = store().list(JobFilter.all().withLimit(2));
        String cursor = first.nextCursor();
        assertNotNull(cursor);
        assertNull(store().list(JobFilter.all().withLimit(2).from(cursor)).nextCursor());
        assertNull(store().list(JobFilter.all().withLimit(4)).nextCursor());
    }

    @Test
    default void jobsAddedMeanwhileNeitherSkipNorRepeatOne() {
        for (int n = 0; n < 7; n++) {
            jobs().add("a");
        }
        List<UUID> before = ids(store().list(JobFilter.all()));
        assertEquals(before, walk(JobFilter.all().withLimit(2), () -> jobs().add("a")));
    }

    @Test
    default void pagesOfAModuleFollowEachOther() {
        for (int n = 0; n < 4; n++) {
            jobs().add("a");
            jobs().add("b", "a");
            jobs().add("b");
        }
        JobFilter filter = JobFilter.all().withModule("a");
        assertEquals(8, ids(store().list(filter)).size());
        assertEquals(ids(store().list(filter)), walk(filter.withLimit(3), () -> {}));
    }

    @Test
    default void jobsAreFilteredByStatus() {
        Job ended = jobs().started("a");
        jobs().write(jobs().move(ended, jobs().completed()));
        Job running = jobs().started("a");
        Job waiting = jobs().add("a");
        assertEquals(List.of(ended.id()), ids(store().list(JobFilter.all().withStatus(JobStatus.COMPLETED))));
        assertEquals(List.of(running.id()), ids(store().list(JobFilter.all().withStatus(JobStatus.RUNNING))));
        assertEquals(List.of(waiting.id()), ids(store().list(JobFilter.all().withStatus(JobStatus.PENDING))));
        assertEquals(List.of(), ids(store().list(JobFilter.all().withStatus(JobStatus.FAILED))));
    }

    @Test
    default void jobsInAnyOfSeveralStatusesAreListedTogether() {
        Job ended = jobs().started("a");
        jobs().write(jobs().move(ended, jobs().completed()));
        Job running = jobs().started("a");
        jobs().add("a");
        JobFilter filter = JobFilter.all().withStatuses(Set.of(JobStatus.COMPLETED, JobStatus.RUNNING));
        assertEquals(List.of(running.id(), ended.id()), ids(store().list(filter)));
        assertEquals(List.of(running.id(), ended.id()), walk(filter.withLimit(1), () -> {}));
    }

    @Test
    default void jobsAreFilteredByTheTimeOfTheirRequest() {
        Instant first = clock().instant();
        List<UUID> added = new ArrayList<>();
        for (int n = 0; n < 9; n++) {
            added.add(0, jobs().add(n % 2 == 0 ? "a" : "b").id());
            clock().advance(Duration.ofMinutes(1));
        }
        Instant third = first.plus(Duration.ofMinutes(2));
        Instant seventh = first.plus(Duration.ofMinutes(6));
        JobFilter since = JobFilter.all().since(third);
        assertEquals(added.subList(0, 7), ids(store().list(since)));
        assertEquals(added.subList(7, 9), ids(store().list(JobFilter.all().until(third))));
        JobFilter between = since.until(seventh);
        assertEquals(added.subList(3, 7), ids(store().list(between)));
        assertEquals(added.subList(3, 7), walk(between.withLimit(1), () -> {}));
        assertEquals(2, ids(store().list(between.withModule("a"))).size());
        assertEquals(added, ids(store().list(JobFilter.all().since(Instant.MIN).until(Instant.MAX))));
        assertEquals(List.of(), ids(store().list(JobFilter.all().since(clock().instant()))));
        assertEquals(List.of(), ids(store().list(JobFilter.all().until(first))));
    }

    @Test
    default void noJobIsListedFromAnEmptyStoreSinceAnyTime() {
        assertEquals(List.of(), ids(store().list(JobFilter.all().since(Instant.EPOCH))));
    }

    @Test
    default void aJobIsListedForEachOfItsModulesOnce() {
        Job both = jobs().add("a", "b", "a");
        Job other = jobs().add("ab");
        assertEquals(List.of(both.id()), ids(store().list(JobFilter.all().withModule("a"))));
        assertEquals(List.of(both.id()), ids(store().list(JobFilter.all().withModule("b"))));
        assertEquals(List.of(other.id()), ids(store().list(JobFilter.all().withModule("ab"))));
        assertEquals(List.of(), ids(store().list(JobFilter.all().withModule("c"))));
    }

    @Test
    default void filtersCombine() {
        Job ended = jobs().started("a");
        jobs().write(jobs().move(ended, jobs().completed()));
        jobs().add("a");
        Job other = jobs().add(request("a").title("Nightly copy").build());
        JobFilter waiting = JobFilter.all().withModule("a").withStatus(JobStatus.PENDING);
        assertEquals(2, ids(store().list(waiting)).size());
        assertEquals(List.of(other.id()), ids(store().list(waiting.withText("copy"))));
        assertEquals(List.of(), ids(store().list(waiting.withText(ended.id().toString()))));
    }

    @Test
    default void textIsFoundInTitlesInAnyCase() {
        Job job = jobs().add(request("a").title("Nächtliche KOPIE 100%").build());
        jobs().add(request("a").title("Something else").build());
        for (String text : List.of("nächt", "NÄCHT", "kopie", "100%", "e k")) {
            assertEquals(List.of(job.id()), ids(store().list(JobFilter.all().withText(text))), text);
        }
        for (String text : List.of("n_cht", "%", "kopien")) {
            assertTrue(ids(store().list(JobFilter.all().withText(text))).stream()
                    .allMatch(id -> id.equals(job.id()) && text.equals("%")));
        }
    }

    @Test
    default void textIsFoundAtTheBeginningOfIds() {
        Job job = jobs().add("x");
        String beginning = job.id().toString().substring(0, 13);
        assertEquals(List.of(job.id()), ids(store().list(JobFilter.all().withText(beginning))));
        assertEquals(
                List.of(job.id()), ids(store().list(JobFilter.all().withText(beginning.toUpperCase(Locale.ROOT)))));
    }

    @Test
    default void aCursorThatIsNoneIsRefused() {
        ProblemException problem = assertThrows(
                ProblemException.class, () -> store().list(JobFilter.all().from("yesterday")));
        assertEquals(ProblemCode.MALFORMED, problem.code());
        assertTrue(String.valueOf(problem.getMessage()).contains("yesterday"), problem.toString());
    }

    @Test
    default void removedJobsLeaveNoHoleInAPage() {
        for (int n = 0; n < 6; n++) {
            jobs().add("a");
        }
        List<UUID> all = ids(store().list(JobFilter.all()));
        JobPage<Job> first = store().list(JobFilter.all().withLimit(2));
        String cursor = first.nextCursor();
        assertNotNull(cursor);
        await(store().remove(all.get(1)));
        await(store().remove(all.get(2)));
        assertEquals(
                all.subList(3, 5), ids(store().list(JobFilter.all().withLimit(2).from(cursor))));
    }

    @Test
    default void aPageIsShorterWhereItsJobsFailedWithLongWords() {
        Failure large = new Failure(Phase.RUN, 0, "a", "m".repeat(4_000), "s".repeat(16_000));
        int many = (int) (JobStore.PAGE_CHARACTERS / 20_000) + 50;
        for (int n = 0; n < many; n++) {
            jobs().write(jobs().move(jobs().started("a"), new RunMove.Failed(large, clock().instant())));
        }
        JobFilter filter = JobFilter.all().withLimit(many);
        assertTrue(store().list(filter).jobs().size() < many);
        assertEquals(many, walk(filter, () -> {}).size());
    }

    private List<UUID> walk(JobFilter filter, Runnable betweenPages) {
        List<UUID> seen = new ArrayList<>();
        JobPage<Job> page = store().list(filter);
        seen.addAll(ids(page));
        for (String cursor = page.nextCursor(); cursor != null; cursor = page.nextCursor()) {
            betweenPages.run();
            page = store().list(filter.from(cursor));
            seen.addAll(ids(page));
        }
        return seen;
    }

    private static List<UUID> ids(JobPage<Job> page) {
        return page.jobs().stream().map(Job::id).toList();
    }
}
