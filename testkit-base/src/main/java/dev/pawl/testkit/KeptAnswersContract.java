package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.RequestKey;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.KeptAnswers;
import dev.pawl.service.store.KeptAnswers.KeptAnswer;
import dev.pawl.service.store.NewJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of every store of kept answers, as tests. The tests of a store have one subclass, which opens it. */
public abstract class KeptAnswersContract {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** The store under test. */
    protected abstract KeptAnswers answers();

    /** The store of the jobs beside it. */
    protected abstract JobStore jobs();

    /** Closes both and opens them again, with their contents. */
    protected abstract void reopen();

    @Test
    void anAnswerIsFoundUnderItsKeyAlsoAfterAReopening() {
        await(answers().keep(key("a"), "{\"n\":1}"));
        assertEquals(
                Optional.of(new KeptAnswer("digest of a", "{\"n\":1}")),
                answers().find("a"));
        assertEquals(Optional.empty(), answers().find("b"));
        reopen();
        assertEquals(
                Optional.of(new KeptAnswer("digest of a", "{\"n\":1}")),
                answers().find("a"));
    }

    @Test
    void aSecondAnswerUnderAKeyIsRefusedAndTheFirstStays() {
        await(answers().keep(key("a"), "{\"n\":1}"));
        assertRefused(() -> await(answers().keep(key("a"), "{\"n\":2}")));
        assertEquals("{\"n\":1}", answers().find("a").orElseThrow().json());
    }

    @Test
    void aJobIsAddedWithItsAnswer() {
        NewJob job = job(request("hello"), key("a"));
        await(jobs().add(List.of(job)));
        assertEquals(
                answer(job.id(), "pending", false),
                answers().find("a").orElseThrow().json());
    }

    @Test
    void jobsAreAddedWithTheOneAnswerToAll() {
        NewJob first = job(request("hello"), null);
        NewJob second = job(request("hello"), null);
        await(jobs().add(List.of(first, second), key("a")));
        assertEquals(
                "{\"jobs\":[" + answer(first.id(), "pending", false) + "," + answer(second.id(), "pending", false)
                        + "]}",
                answers().find("a").orElseThrow().json());
        assertRefused(() -> await(jobs().add(List.of(job(request("hello"), null)), key("a"))));
        assertEquals(2, jobs().counts().get(JobStatus.PENDING));
    }

    @Test
    void aKeyUnderWhichAnAnswerIsKeptAddsNoJob() {
        await(jobs().add(List.of(job(request("hello"), key("a")))));
        assertRefused(() -> await(jobs().add(List.of(job(request("hello"), null), job(request("hello"), key("a"))))));
        assertEquals(1, jobs().counts().get(JobStatus.PENDING));
    }

    @Test
    void twoAdditionsWithTheSameKeyAtTheSameMomentAddOneJob() {
        var first = jobs().add(List.of(job(request("hello"), key("a"))));
        var second = jobs().add(List.of(job(request("hello"), key("a"))));
        Job added = await(first).get(0);
        assertRefused(() -> await(second));
        assertEquals(1, jobs().counts().get(JobStatus.PENDING));
        assertTrue(answers().find("a").orElseThrow().json().contains(added.id().toString()));
    }

    @Test
    void theAnswerToARequestWhoseUniqueKeyIsHeldNamesTheHolder() {
        JobRequest unique = JobStoreDriver.request("hello").uniqueKey("nightly").build();
        NewJob holder = job(unique, null);
        await(jobs().add(List.of(holder)));
        await(jobs().add(List.of(job(unique, key("a")))));
        assertEquals(
                answer(holder.id(), "pending", true),
                answers().find("a").orElseThrow().json());
    }

    @Test
    void aRefusedAdditionKeepsNoAnswer() {
        JobRequest unique = JobStoreDriver.request("hello").uniqueKey("nightly").build();
        await(jobs().add(List.of(job(unique, null))));
        NewJob refused = new NewJob(
                UUID.randomUUID(),
                unique,
                NOW,
                holder -> {
                    throw new IllegalStateException("refused");
                },
                key("a"));
        assertThrows(IllegalStateException.class, () -> await(jobs().add(List.of(refused))));
        assertEquals(Optional.empty(), answers().find("a"));
    }

    @Test
    void answersGivenBeforeATimeAreForgottenOldestFirst() {
        for (int n = 0; n < 5; n++) {
            await(answers().keep(new RequestKey("k" + n, "d", NOW.plus(Duration.ofHours(n))), "{}"));
        }
        assertEquals(2, await(answers().forget(NOW.plus(Duration.ofHours(3)), 2)));
        assertEquals(1, await(answers().forget(NOW.plus(Duration.ofHours(3)), 2)));
        assertEquals(0, await(answers().forget(NOW.plus(Duration.ofHours(3)), 2)));
        assertEquals(Optional.empty(), answers().find("k2"));
        assertTrue(answers().find("k3").isPresent());
    }

    private static void assertRefused(Runnable work) {
        ProblemException refused = assertThrows(ProblemException.class, work::run);
        assertEquals(ProblemCode.REQUEST_UNDER_WAY, refused.code());
    }

    private static String answer(UUID job, String status, boolean existing) {
        return "{\"id\":\"" + job + "\",\"status\":\"" + status + "\",\"existing\":" + existing + "}";
    }

    private static JobRequest request(String module) {
        return JobStoreDriver.request(module).build();
    }

    private static NewJob job(JobRequest request, @Nullable RequestKey key) {
        return new NewJob(UUID.randomUUID(), request, NOW, holder -> {}, key);
    }

    private static RequestKey key(String key) {
        return new RequestKey(key, "digest of " + key, NOW);
    }
}
