package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.ModuleIdentity;
import dev.pawl.service.deploy.Deployment.Origin;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.deploy.HistoryEntry.Action;
import dev.pawl.service.deploy.HistoryEntry.Outcome;
import dev.pawl.service.store.DeploymentStore;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every deployment store, as tests. The tests of a store have one subclass, which opens it. */
public abstract class DeploymentStoreContract {

    private @Nullable DeploymentStore opened;

    /** Opens the store: empty the first time in a test, with its former contents after that. */
    protected abstract DeploymentStore open() throws Exception;

    /** Closes a store returned by {@link #open}. */
    protected abstract void close(DeploymentStore store) throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        opened = open();
    }

    @AfterEach
    final void closeStore() throws Exception {
        DeploymentStore store = opened;
        opened = null;
        if (store != null) {
            close(store);
        }
    }

    private DeploymentStore store() {
        DeploymentStore store = opened;
        if (store == null) {
            throw new IllegalStateException("The store is not open.");
        }
        return store;
    }

    @Test
    void everyPartOfADeploymentIsKept() {
        Deployment deployment = new Deployment(
                "com.example.hello",
                "1.2.3.qualifier",
                digest(1),
                List.of(new ModuleIdentity("hello", "Hello, \"World\""), new ModuleIdentity("bye", "Bye")),
                Origin.FOLDER,
                "modules/hello.jar",
                false,
                Instant.parse("2026-03-01T12:00:00.123456Z"),
                "admin",
                "CN=Release, O=Example");
        await(store().put(deployment));
        assertEquals(List.of(deployment), store().current());
    }

    @Test
    void bundlesComeInTheOrderOfTheirNames() {
        await(store().put(deployment("b", 1)));
        await(store().put(deployment("c", 2)));
        await(store().put(deployment("a", 3)));
        assertEquals(
                List.of("a", "b", "c"),
                store().current().stream().map(Deployment::bundle).toList());
    }

    @Test
    void theOneBeforeBecomesAFormerOne() {
        await(store().put(deployment("a", 1)));
        await(store().put(deployment("a", 2)));
        await(store().put(deployment("a", 3)));
        assertEquals(List.of(deployment("a", 3)), store().current());
        assertEquals(List.of(deployment("a", 2), deployment("a", 1)), store().former("a"));
    }

    @Test
    void theSameArtifactAgainReplacesItsRecord() {
        Deployment enabled = deployment("a", 1);
        Deployment disabled = new Deployment(
                "a",
                enabled.version(),
                enabled.sha256(),
                enabled.modules(),
                Origin.FOLDER,
                "somewhere",
                false,
                enabled.installedAt().plusSeconds(1),
                "somebody else",
                "CN=Somebody");
        await(store().put(enabled));
        await(store().put(disabled));
        assertEquals(List.of(disabled), store().current());
        assertEquals(List.of(), store().former("a"));
    }

    @Test
    void aFormerArtifactThatComesBackIsNoLongerAFormerOne() {
        await(store().put(deployment("a", 1)));
        await(store().put(deployment("a", 2)));
        await(store().put(deployment("a", 1)));
        assertEquals(List.of(deployment("a", 1)), store().current());
        assertEquals(List.of(deployment("a", 2)), store().former("a"));
    }

    @Test
    void removingSaysWhetherThereWasOneAndKeepsItAsAFormerOne() {
        await(store().put(deployment("a", 1)));
        assertTrue(await(store().remove("a")));
        assertFalse(await(store().remove("a")));
        assertEquals(List.of(), store().current());
        assertEquals(List.of(deployment("a", 1)), store().former("a"));
    }

    @Test
    void bundlesDoNotTouchEachOther() {
        await(store().put(deployment("a", 1)));
        await(store().put(deployment("b", 1)));
        await(store().put(deployment("b", 2)));
        await(store().remove("b"));
        assertEquals(List.of(deployment("a", 1)), store().current());
        assertEquals(List.of(), store().former("a"));
        await(store().prune("a", 0));
        assertEquals(2, store().former("b").size());
    }

    @Test
    void allFormerOnesButTheLatestAreForgotten() {
        for (int n = 1; n <= 5; n++) {
            await(store().put(deployment("a", n)));
        }
        assertEquals(List.of(deployment("a", 2), deployment("a", 1)), await(store().prune("a", 2)));
        assertEquals(List.of(deployment("a", 4), deployment("a", 3)), store().former("a"));
        assertEquals(List.of(), await(store().prune("a", 2)));
        assertEquals(2, await(store().prune("a", 0)).size());
        assertEquals(List.of(deployment("a", 5)), store().current());
    }

    @Test
    void deploymentsAreThereAfterAReopening() throws Exception {
        await(store().put(deployment("a", 1)));
        await(store().put(deployment("a", 2)));
        closeStore();
        openStore();
        assertEquals(List.of(deployment("a", 2)), store().current());
        assertEquals(List.of(deployment("a", 1)), store().former("a"));
    }

    @Test
    void theHistoryTellsTheLatestFirstWithEveryPart() {
        HistoryEntry refused = new HistoryEntry(
                Instant.parse("2026-03-01T12:00:00.123456Z"),
                "admin",
                "a",
                List.of("hello", "bye"),
                Action.UPDATE,
                "1.0.1",
                "1.0.2",
                digest(2),
                Outcome.REFUSED,
                "It does not resolve.");
        await(store().put(deployment("a", 1), line("a", 1)));
        await(store().note(refused));
        assertTrue(await(store().remove("a", line("a", 3))));

        assertEquals(List.of(line("a", 3), refused, line("a", 1)), store().history("hello", 10));
        assertEquals(List.of(line("a", 3)), store().history("hello", 1));
        assertEquals(List.of(), store().current());
        assertEquals(List.of(deployment("a", 1)), store().former("a"));
    }

    @Test
    void theHistoryOfAModuleIsThatOfTheBundlesThatHoldOrHeldIt() throws Exception {
        await(store().note(line("a", 1)));
        await(store().note(new HistoryEntry(
                Instant.parse("2026-03-01T12:00:00Z"),
                "admin",
                "a",
                List.of("other"),
                Action.UPDATE,
                "1.0.1",
                "1.0.2",
                digest(2),
                Outcome.DONE,
                "")));
        await(store().note(line("b", 3)));
        closeStore();
        openStore();

        assertEquals(3, store().history("hello", 10).size());
        assertEquals(2, store().history("other", 10).size());
        assertEquals(List.of(), store().history("hell", 10));
    }

    @Test
    void ofEachBundleTheLastThousandLinesOfTheHistoryAreKept() {
        await(store().note(line("b", 0)));
        CompletionStage<Void> last = store().note(line("a", 0));
        for (int n = 1; n <= 1_000; n++) {
            last = store().note(line("a", n));
        }
        await(last);

        List<HistoryEntry> kept = store().history("hello", 2_000);
        assertEquals(1_001, kept.size());
        assertEquals("1.0.1000", kept.get(0).to());
        assertEquals("1.0.1", kept.get(999).to());
        assertEquals("b", kept.get(1_000).bundle());
    }

    private static HistoryEntry line(String bundle, int n) {
        return new HistoryEntry(
                Instant.parse("2026-03-01T12:00:00Z").plusSeconds(n),
                "admin",
                bundle,
                List.of("hello"),
                Action.INSTALL,
                null,
                "1.0." + n,
                digest(n),
                Outcome.DONE,
                "");
    }

    private static Deployment deployment(String bundle, int n) {
        return new Deployment(
                bundle,
                "1.0." + n,
                digest(n),
                List.of(new ModuleIdentity(bundle, "Module " + bundle)),
                Origin.API,
                null,
                true,
                Instant.parse("2026-03-01T12:00:00Z").plusSeconds(n),
                "admin",
                null);
    }

    private static String digest(int n) {
        return String.format("%064x", n);
    }
}
