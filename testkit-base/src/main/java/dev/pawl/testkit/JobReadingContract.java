package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static dev.pawl.testkit.JobStoreDriver.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.data.TextLimit;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobResult;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.ResultPage;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunningJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of reads: single jobs, the queue and running jobs. */
interface JobReadingContract extends JobStoreTests {

    @Test
    default void anUnknownJobIsNotFound() {
        UUID nobody = UUID.randomUUID();
        assertTrue(store().find(nobody).isEmpty());
        assertEquals(List.of(), store().logs(nobody, 10));
        assertEquals(List.of(), store().logsAfter(nobody, 0, 10));
        assertEquals(new ResultPage(List.of(), 0), store().results(nobody, 0, 10));
        assertEquals(0, store().pendingBefore(nobody));
    }

    @Test
    default void jobsAreFoundByTheBeginningOfTheirId() {
        UUID one = UUID.fromString("0abcdef0-1234-4000-8000-000000000001");
        UUID two = UUID.fromString("0abcdef0-1234-4000-9000-000000000002");
        UUID last = UUID.fromString("ffffffff-ffff-4fff-bfff-ffffffffffff");
        for (UUID id : List.of(two, one, last)) {
            await(store().add(List.of(new NewJob(id, request("a").build(), clock().instant()))));
        }
        assertEquals(List.of(one, two), store().findByPrefix("0abcdef0", 10));
        assertEquals(List.of(one, two), store().findByPrefix("0abcdef0-123", 10));
        assertEquals(List.of(one), store().findByPrefix("0abcdef0-1234-4000-8", 10));
        assertEquals(List.of(two), store().findByPrefix(two.toString(), 10));
        assertEquals(List.of(last), store().findByPrefix("ffffffff-", 10));
        assertEquals(1, store().findByPrefix("0abcdef0", 1).size());
        assertEquals(3, store().findByPrefix("", 10).size());
    }

    @Test
    default void whatIsNoBeginningOfAnIdFindsNothing() {
        jobs().add("a");
        for (String prefix :
                List.of("xyz", "0abcdef01", "%", "0ABCDEF0", "-", "0".repeat(40), "0abcdef0-1234-4000-80000")) {
            assertEquals(List.of(), store().findByPrefix(prefix, 10), prefix);
        }
    }

    @Test
    default void theQueueIsReadInTheOrderOfClaims() {
        Job interrupted = jobs().started("a");
        Job usual = jobs().add("b");
        Job later = jobs().add(request("a")
                .notBefore(clock().instant().plus(Duration.ofDays(1)))
                .build());
        Job high = jobs().add(request("c").priority(3).build());
        await(store().recover(3, clock().instant()));
        List<UUID> order = List.of(interrupted.id(), high.id(), usual.id(), later.id());
        assertEquals(order, store().pending(10).stream().map(Job::id).toList());
        assertEquals(
                order.subList(0, 2), store().pending(2).stream().map(Job::id).toList());
        for (int n = 0; n < order.size(); n++) {
            assertEquals(n, store().pendingBefore(order.get(n)));
        }
        assertEquals(
                Map.of(order.get(0), 0L, order.get(1), 1L, order.get(2), 2L, order.get(3), 3L),
                store().positions(Set.copyOf(order), 10));
    }

    @Test
    default void positionsAreLookedUpForSomeJobsAndToADepth() {
        Job running = jobs().started("a");
        List<UUID> waiting =
                Stream.of("a", "b", "c").map(jobs()::add).map(Job::id).toList();
        assertEquals(Map.of(waiting.get(1), 1L), store().positions(Set.of(waiting.get(1), running.id()), 10));
        assertEquals(Map.of(waiting.get(0), 0L), store().positions(Set.of(waiting.get(0), waiting.get(1)), 1));
        assertEquals(Map.of(), store().positions(Set.of(UUID.randomUUID()), 10));
    }

    @Test
    default void aJobThatDoesNotWaitHasNothingBeforeIt() {
        Job running = jobs().started("a");
        jobs().add("a");
        assertEquals(0, store().pendingBefore(running.id()));
    }

    @Test
    default void runningJobsAreReadInTheOrderTheyBegan() {
        Job first = jobs().add(request("a").priority(-5).build());
        await(store().claim(jobs().claim()));
        clock().advance(Duration.ofSeconds(1));
        Job low = jobs().add("b");
        Job high = jobs().add(request("c").priority(5).build());
        await(store().claim(jobs().claim()));
        assertEquals(
                List.of(first.id(), high.id(), low.id()),
                store().running().stream().map(Job::id).toList());
        assertEquals(
                List.of(first.id(), high.id(), low.id()),
                store().runningJobs().stream().map(RunningJob::id).toList());
    }

    @Test
    default void whatRunningJobsHoldUpIsReadWithoutTheRest() {
        Job here = jobs().started("a,%", "b");
        jobs().add("c");
        Job leased =
                await(store().claim(jobs().lease("w", Duration.ofMinutes(1)))).get(0);
        RunningJob one = new RunningJob(here.id(), Set.of("a,%", "b"), 0, true);
        assertEquals(
                Set.of(one, new RunningJob(leased.id(), Set.of("c"), 0, false)), Set.copyOf(store().runningJobs()));
        for (int n = 1; n <= 2; n++) {
            await(store().recover(9, clock().instant()));
            jobs().claimAll();
        }
        assertEquals(
                List.of(true),
                store().runningJobs().stream()
                        .filter(job -> job.id().equals(here.id()))
                        .map(job -> job.crashes() == 2 && job.isSuspected())
                        .toList());
    }

    @Test
    default void theLastLinesOfALogAreRead() {
        Job job = jobs().started("a");
        jobs().write(jobs().lines(job, "1", "2", "3", "4", "5"));
        assertEquals(List.of("4", "5"), messages(store().logs(job.id(), 2)));
        assertEquals(List.of("1", "2", "3", "4", "5"), messages(store().logs(job.id(), 10)));
    }

    @Test
    default void aLogIsReadOnFromANumber() {
        Job job = jobs().started("a");
        jobs().write(jobs().lines(job, "1", "2", "3", "4", "5"));
        assertEquals(List.of("1", "2"), messages(store().logsAfter(job.id(), 0, 2)));
        assertEquals(List.of("3", "4"), messages(store().logsAfter(job.id(), 2, 2)));
        assertEquals(List.of("5"), messages(store().logsAfter(job.id(), 4, 2)));
        assertEquals(List.of(), messages(store().logsAfter(job.id(), 5, 2)));
    }

    @Test
    default void resultsAreReadOnFromANumberWithTheirTotal() {
        Job job = jobs().started("a");
        jobs().write(jobs().results(job, "{\"n\":1}", "{\"n\":2}", "{\"n\":3}"));
        ResultPage page = store().results(job.id(), 1, 1);
        assertEquals(3, page.total());
        assertEquals(List.of(new JobResult(2, clock().instant(), 0, "{\"n\":2}", true)), page.results());
    }

    @Test
    default void logsOfDifferentJobsDoNotMix() {
        jobs().add("a");
        jobs().add("b");
        List<Job> both = jobs().claimAll();
        for (int n = 0; n < 3; n++) {
            jobs().write(jobs().draft(both.get(0))
                    .lines("a" + n)
                    .results("{\"a\":" + n + "}")
                    .build());
            jobs().write(jobs().draft(both.get(1)).lines("b" + n).build());
        }
        assertEquals(
                List.of("a0", "a1", "a2"), messages(store().logs(both.get(0).id(), 10)));
        assertEquals(
                List.of("b0", "b1", "b2"), messages(store().logs(both.get(1).id(), 10)));
        assertEquals(List.of(), jobs().bodies(both.get(1)));
    }

    @Test
    default void aPageOfLargeEntriesEndsEarlyAndTheNextOneGoesOn() {
        int large =
                (int) JobStore.PAGE_CHARACTERS / 3; // three of these with the text around them are too large for a page
        Job job = jobs().add(
                        request("a").settings(Map.of("text", "s".repeat(large))).build());
        jobs().add(request("b").settings(Map.of("text", "s".repeat(large))).build());
        jobs().add(request("c").settings(Map.of("text", "s".repeat(large))).build());
        assertEquals(2, store().pending(10).size());
        JobPage<Job> newest = store().list(JobFilter.all());
        String cursor = Objects.requireNonNull(newest.nextCursor(), "not all of them fit");
        JobPage<Job> rest = store().list(JobFilter.all().from(cursor));
        assertEquals(3, newest.jobs().size() + rest.jobs().size());
        assertEquals(job.id(), rest.jobs().get(rest.jobs().size() - 1).id());
        Job running = jobs().claimAll().get(0);
        String text = "x".repeat(large);
        for (int n = 1; n <= 4; n++) {
            jobs().write(jobs().results(running, "{\"n\":\"" + n + text + "\"}"));
        }
        ResultPage page = store().results(job.id(), 0, 10);
        assertEquals(4, page.total());
        assertEquals(List.of(1L, 2L), sequences(page));
        assertEquals(List.of(3L, 4L), sequences(store().results(job.id(), 2, 10)));
    }

    @Test
    default void aPageOfLongLinesEndsEarlyAndTheNextOneGoesOn() {
        Job job = jobs().started("a");
        int many = (int) (JobStore.PAGE_CHARACTERS / TextLimit.LINE.characters()) + 2;
        for (int n = 1; n <= many; n++) {
            jobs().write(jobs().lines(job, "x".repeat(TextLimit.LINE.characters())));
        }
        assertEquals(LongStream.range(1, many - 1).boxed().toList(), numbers(store().logsAfter(job.id(), 0, many)));
        assertEquals(List.of(many - 1L, (long) many), numbers(store().logsAfter(job.id(), many - 2, many)));
        assertEquals(LongStream.rangeClosed(3, many).boxed().toList(), numbers(store().logs(job.id(), many)));
    }

    @Test
    default void whatIsLongerThanItsLimitIsKeptCutAndSaysSo() {
        String text = "x".repeat(3_900_000);
        Job job = jobs().started("a");
        jobs().write(jobs().draft(job)
                .lines(text)
                .move(new RunMove.Failed(new Failure(Phase.RUN, 0, "a", text, text, text), clock().instant()))
                .build());
        assertCut(TextLimit.LINE, store().logs(job.id(), 1).get(0).message());
        Failure failure = Objects.requireNonNull(jobs().find(job).state().failure());
        assertCut(TextLimit.MESSAGE, failure.message());
        assertCut(TextLimit.STACK, Objects.requireNonNull(failure.stack()));
        assertCut(TextLimit.MESSAGE, Objects.requireNonNull(failure.remedy()));
    }

    private static void assertCut(TextLimit limit, String text) {
        assertEquals(limit.characters(), text.length());
        assertTrue(text.endsWith(" more characters were cut]"), text);
    }

    private static List<Long> sequences(ResultPage page) {
        return page.results().stream().map(JobResult::sequence).toList();
    }

    private static List<Long> numbers(List<LogEntry> entries) {
        return entries.stream().map(LogEntry::sequence).toList();
    }

    private static List<String> messages(List<LogEntry> entries) {
        return entries.stream().map(LogEntry::message).toList();
    }
}
