package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.service.data.DocumentCheck;
import dev.pawl.service.data.DocumentEntry;
import dev.pawl.service.job.Job;
import dev.pawl.service.store.DocumentStore;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every document store, as tests. The tests of a store have one subclass, which opens it. */
public abstract class DocumentStoreContract {

    /** The clock of the stores. */
    protected final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");

    private @Nullable DocumentStore opened;

    /** Opens the store: empty the first time in a test, with its former contents after that. */
    protected abstract DocumentStore open() throws Exception;

    /** The store of the jobs whose runs write some of the documents. */
    protected abstract JobStore jobs(DocumentStore store);

    /** Closes a store returned by {@link #open}. */
    protected abstract void close(DocumentStore store) throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        opened = open();
    }

    @AfterEach
    final void closeStore() throws Exception {
        DocumentStore store = opened;
        opened = null;
        if (store != null) {
            close(store);
        }
    }

    private DocumentStore store() {
        DocumentStore store = opened;
        if (store == null) {
            throw new IllegalStateException("The store is not open.");
        }
        return store;
    }

    @Test
    void aDocumentIsReadAsItWasWritten() {
        String json = "{\"text\":\"Grüße \uD83D\uDE00\",  \"n\":1.0}";
        await(store().put("hello", "greetings", json));
        assertEquals(Optional.of(json), store().get("hello", "greetings"));
    }

    @Test
    void aDocumentReplacesTheOneBefore() {
        await(store().put("hello", "greetings", "{\"n\":1}"));
        await(store().put("hello", "greetings", "{\"n\":2}"));
        assertEquals(Optional.of("{\"n\":2}"), store().get("hello", "greetings"));
        assertEquals(List.of("greetings"), store().names("hello"));
    }

    @Test
    void aDocumentThatIsNotThereIsNotFound() {
        assertEquals(Optional.empty(), store().get("hello", "greetings"));
        assertEquals(List.of(), store().names("hello"));
    }

    @Test
    void ownersDoNotSeeEachOthersDocuments() {
        await(store().put("hello", "x", "{\"n\":1}"));
        await(store().put("pawl:queue", "x", "{\"n\":2}"));
        await(store().delete("hello", "x"));
        assertEquals(Optional.empty(), store().get("hello", "x"));
        assertEquals(Optional.of("{\"n\":2}"), store().get("pawl:queue", "x"));
    }

    @Test
    void deletingSaysWhetherThereWasOne() {
        await(store().put("hello", "x", "{}"));
        assertTrue(await(store().delete("hello", "x")));
        assertFalse(await(store().delete("hello", "x")));
    }

    @Test
    void namesComeInOrder() {
        for (String name : List.of("b", "a", "C", "a b", "ä")) {
            await(store().put("hello", name, "{}"));
        }
        assertEquals(List.of("C", "a", "a b", "b", "ä"), store().names("hello"));
    }

    @Test
    void documentsOfModulesAreListedByOwnerAndName() {
        await(store().put("b", "x", "{}"));
        await(store().put("a", "y", "{\"t\":\"ä\"}"));
        await(store().put("a", "x", "{}"));
        await(store().put("pawl:queue", "x", "{}"));
        await(store().put("zoo", "x", "{}"));
        assertEquals(List.of("a/x", "a/y", "b/x", "zoo/x"), listed(null, "", "", 10));
        assertEquals(List.of("a/y", "b/x"), listed(null, "a", "x", 2));
        assertEquals(List.of("a/x", "a/y"), listed("a", "", "", 10));
        assertEquals(List.of("a/y"), listed("a", "a", "x", 10));
        DocumentEntry entry = store().list("a", "a", "x", 1).get(0);
        assertEquals(10, entry.size()); // bytes, not characters
    }

    @Test
    void theTimeOfTheLastChangeIsListed() {
        await(store().put("hello", "x", "{}"));
        Instant first = changedAt();
        clock.advance(Duration.ofMinutes(1));
        await(store().put("hello", "x", "{}"));
        assertEquals(first.plus(Duration.ofMinutes(1)), changedAt());
    }

    @Test
    void aCheckSeesTheDocumentAndMayRefuseItsChange() {
        List<@Nullable String> seen = new ArrayList<>();
        await(store().put("hello", "x", "{\"n\":1}", seen::add));
        DocumentCheck refusing = present -> {
            seen.add(present);
            throw new IllegalStateException("refused");
        };
        assertThrows(IllegalStateException.class, () -> await(store().put("hello", "x", "{\"n\":2}", refusing)));
        assertThrows(IllegalStateException.class, () -> await(store().delete("hello", "x", refusing)));
        assertEquals(Arrays.asList(null, "{\"n\":1}", "{\"n\":1}"), seen);
        assertEquals(Optional.of("{\"n\":1}"), store().get("hello", "x"));
    }

    private Instant changedAt() {
        return Objects.requireNonNull(store().list("hello", "", "", 1).get(0).changedAt());
    }

    private List<String> listed(@Nullable String owner, String afterOwner, String afterName, int limit) {
        return store().list(owner, afterOwner, afterName, limit).stream()
                .map(entry -> entry.module() + "/" + entry.name())
                .toList();
    }

    @Test
    void largeDocumentsAreKept() {
        String json = "{\"text\":\"" + "x".repeat(1 << 20) + "\"}";
        await(store().put("hello", "large", json));
        assertEquals(Optional.of(json), store().get("hello", "large"));
    }

    @Test
    void aRunChangesDocumentsWhileItIsItsJobsRun() {
        RunId run = id(driver().started("a"));
        await(store().put(run, "hello", "x", "{\"n\":1}"));
        assertEquals(Optional.of("{\"n\":1}"), store().get("hello", "x"));
        assertTrue(await(store().delete(run, "hello", "x")));
        assertFalse(await(store().delete(run, "hello", "x")));
    }

    @Test
    void aRunThatIsOverOrWasTakenOverChangesNoDocument() {
        await(store().put("hello", "x", "{\"n\":1}"));
        JobStoreDriver driver = driver();
        Job waiting = driver.add("a");
        refused(new RunId(waiting.id(), 0));
        Job first = driver.claimOne();
        await(jobs(store()).recover(3, clock.instant()));
        refused(id(first));
        Job second = driver.claimOne();
        refused(id(first));
        refused(new RunId(second.id(), 3));
        driver.write(driver.move(second, driver.completed()));
        refused(id(second));
        await(jobs(store()).remove(second.id()));
        refused(id(second));
        assertEquals(Optional.of("{\"n\":1}"), store().get("hello", "x"));
    }

    private void refused(RunId run) {
        assertThrows(StaleRunException.class, () -> await(store().put(run, "hello", "x", "{\"n\":2}")));
        assertThrows(StaleRunException.class, () -> await(store().delete(run, "hello", "x")));
    }

    private JobStoreDriver driver() {
        return new JobStoreDriver(jobs(store()), clock);
    }

    private static RunId id(Job job) {
        return new RunId(job.id(), job.state().epoch());
    }

    @Test
    void documentsAreThereAfterAReopening() throws Exception {
        await(store().put("hello", "x", "{\"n\":1}"));
        closeStore();
        openStore();
        assertEquals(Optional.of("{\"n\":1}"), store().get("hello", "x"));
    }
}
