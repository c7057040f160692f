package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.ModuleIdentity;
import dev.pawl.service.deploy.Deployment.Origin;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.deploy.HistoryEntry.Action;
import dev.pawl.service.deploy.HistoryEntry.Outcome;
import dev.pawl.service.deploy.RollOut;
import dev.pawl.service.deploy.RollOut.State;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RollOutStore;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.service.store.ServerModule;
import dev.pawl.service.store.SharedDeployments;
import dev.pawl.service.store.SharedDeployments.ServerJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Roll-outs over two servers on one database, and the jobs that each of them may claim meanwhile. */
@ExtendWith(TestDatabase.class)
class SharedRollOutsTest {

    private static final Instant ANY_TIME = Instant.parse("1999-01-01T00:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String BUNDLE = "com.example.hello";

    @RegisterExtension
    private final TwoStores stores = new TwoStores();

    private PostgresDeployments first;
    private PostgresDeployments second;

    @BeforeEach
    void bothRunTheFirstVersion() {
        first = new PostgresDeployments(stores.first);
        second = new PostgresDeployments(stores.second);
        await(first.put(deployment("1.0.0")));
        runs(second, "1.0.0");
    }

    private static Deployment deployment(String version) {
        return new Deployment(
                BUNDLE,
                version,
                version.replace(".", "").repeat(22).substring(0, 64),
                List.of(new ModuleIdentity("hello", "Hello")),
                Origin.API,
                null,
                true,
                Instant.EPOCH,
                "admin",
                null);
    }

    private static HistoryEntry line(Action action) {
        return new HistoryEntry(
                Instant.EPOCH, "admin", BUNDLE, List.of("hello"), action, "1.0.0", "2.0.0", "ab", Outcome.DONE, "");
    }

    private static SharedDeployments shared(PostgresDeployments server) {
        return server.shared().orElseThrow();
    }

    private static RollOutStore rollOuts(PostgresDeployments server) {
        return shared(server).rollOuts();
    }

    private static void runs(PostgresDeployments server, String version) {
        Deployment deployment = deployment(version);
        shared(server).report(new ServerModule(BUNDLE, version, deployment.sha256(), ServerModule.State.SERVING, ""));
    }

    private static boolean begin(PostgresDeployments server, boolean isHeld) {
        return rollOuts(server).begin(deployment("2.0.0"), isHeld, Duration.ZERO, line(Action.UPDATE), null);
    }

    private static RollOut live(PostgresDeployments server) {
        return rollOuts(server).live().get(0);
    }

    private static String version(PostgresDeployments server) {
        return server.current().get(0).version();
    }

    private static List<Job> claim(PostgresStore store) {
        return await(store.claim(new ClaimRequest("w", 10, 10_000, null, Map.of(), ANY_TIME, null)));
    }

    private static UUID add(PostgresStore store, String... modules) {
        NewJob job = new NewJob(
                UUID.randomUUID(),
                JobRequest.builder(Stream.of(modules)
                                .map(module -> new Task(module, Map.of()))
                                .toList())
                        .build(),
                ANY_TIME);
        await(store.add(List.of(job)));
        return job.id();
    }

    private static void park(PostgresStore store, Job run) {
        await(store.write(RunWrite.of(new RunId(run.id(), run.state().epoch()), 0)
                .withMove(RunMove.Parked.of(ParkReason.MODULE_UPDATE, ANY_TIME))));
    }

    private static List<UUID> ids(List<Job> jobs) {
        return jobs.stream().map(Job::id).toList();
    }

    @Test
    void untilItsStepAServerIsToHaveTheVersionBefore() {
        assertTrue(begin(first, false));
        assertEquals("2.0.0", version(first));
        assertEquals("1.0.0", version(second));
        assertFalse(rollOuts(second).takeStep(live(second), LONG), "the first one is amid its own");

        assertTrue(rollOuts(first).serves(BUNDLE));
        assertFalse(rollOuts(first).finish(live(first), line(Action.ROLL_OUT)), "the second one has yet to take it");
        assertTrue(rollOuts(second).takeStep(live(second), LONG));

        assertEquals("2.0.0", version(second));
        assertTrue(rollOuts(second).moveStep(BUNDLE, State.DRAINING, State.STARTING, LONG));
        assertTrue(rollOuts(second).moveStep(BUNDLE, State.STARTING, State.PROVING, LONG));
        assertFalse(rollOuts(second).serves(BUNDLE), "it has not proved healthy for so long");
        assertFalse(rollOuts(first).finish(live(first), line(Action.ROLL_OUT)));
        assertEquals(2, live(first).steps().size());
    }

    @Test
    void aRollOutIsOverOnceAllLivingServersServe() {
        begin(first, false);
        rollOuts(first).serves(BUNDLE);
        rollOuts(second).takeStep(live(second), LONG);
        rollOuts(second).moveStep(BUNDLE, State.DRAINING, State.PROVING, Duration.ZERO);
        assertTrue(rollOuts(second).serves(BUNDLE));

        assertTrue(rollOuts(first).finish(live(first), line(Action.ROLL_OUT)));

        assertEquals(List.of(), rollOuts(second).live());
        assertEquals("2.0.0", version(second));
        assertEquals(Action.ROLL_OUT, second.history("hello", 1).get(0).action());
    }

    @Test
    void whoJudgesByAnOldSightDoesNotTakeTheVersionBack() {
        begin(first, false);
        RollOut old = live(second);
        rollOuts(first).serves(BUNDLE);

        assertFalse(rollOuts(second).goBack(old, line(Action.ROLLBACK), null), "it serves by now");
        assertEquals("2.0.0", version(first));
        assertTrue(rollOuts(second).goBack(live(second), line(Action.ROLLBACK), null));
    }

    @Test
    void theStepOfAServerThatIsThereAgainIsNotPassedOver() throws Exception {
        begin(first, true);
        rollOuts(first).serves(BUNDLE);
        RollOut seen = live(second);

        assertFalse(rollOuts(second).skip(seen, seen.steps().get(0)), "it has its lease");
        assertEquals(1, live(second).steps().size());
    }

    @Test
    void aHeldVersionStaysOnOneServerUntilItIsPromoted() {
        begin(first, true);
        rollOuts(first).serves(BUNDLE);
        assertFalse(rollOuts(second).takeStep(live(second), LONG));
        assertFalse(rollOuts(first).finish(live(first), line(Action.ROLL_OUT)));

        assertTrue(rollOuts(second).promote(live(second), line(Action.PROMOTE), null));
        assertFalse(rollOuts(second).promote(live(second), line(Action.PROMOTE), null), "it is not held any more");

        assertTrue(rollOuts(second).takeStep(live(second), LONG));
        assertEquals(
                1,
                second.history("hello", 10).stream()
                        .filter(line -> line.action() == Action.PROMOTE)
                        .count());
    }

    @Test
    void ofTwoRollOutsOfABundleAtOnceOneBegins() throws Exception {
        CompletableFuture<Boolean> one = CompletableFuture.supplyAsync(() -> begin(first, false));
        CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> begin(second, false));

        assertTrue(one.get() ^ other.get());
        assertEquals(1, rollOuts(first).live().size());
    }

    @Test
    void aServerThatDiesAmidItsStepIsSeenByTheOthers() throws Exception {
        begin(first, false);
        TestDatabase.run("UPDATE servers SET lease_until = 0 WHERE owner = " + stores.first.owner());

        RollOut seen = live(second);
        assertTrue(seen.steps().get(0).isLost());
        assertTrue(rollOuts(second).goBack(seen, line(Action.ROLLBACK), null));
        assertFalse(rollOuts(second).goBack(seen, line(Action.ROLLBACK), null), "it was done");

        assertEquals("1.0.0", version(first));
        assertEquals("1.0.0", version(second));
    }

    @Test
    void anotherServerTakesTheStepOfALostOneThatHeldAVersionAlone() throws Exception {
        begin(first, true);
        rollOuts(first).serves(BUNDLE);
        TestDatabase.run("UPDATE servers SET lease_until = 0 WHERE owner = " + stores.first.owner());

        RollOut seen = live(second);
        assertTrue(rollOuts(second).skip(seen, seen.steps().get(0)));

        assertEquals(1, live(second).losses());
        assertTrue(rollOuts(second).takeStep(live(second), LONG));
        assertTrue(live(second).isHeld());
    }

    @Test
    void aJobThatRanOnTheNewVersionDoesNotGoOnWithTheOldOne() {
        UUID before = add(stores.first, "hello");
        begin(first, false);
        UUID after = add(stores.first, "hello", "other");
        List<Job> runs = claim(stores.first);
        assertEquals(List.of(before, after), ids(runs));
        runs.forEach(run -> park(stores.first, run));
        UUID fresh = add(stores.first, "hello");

        assertEquals(List.of(fresh), ids(claim(stores.second)), "a new job begins with either version");

        rollOuts(first).serves(BUNDLE);
        rollOuts(second).takeStep(live(second), LONG);
        assertEquals(List.of(), claim(stores.second), "it is to have the new version and does not yet");
        runs(second, "2.0.0");
        assertEquals(List.of(before, after), ids(claim(stores.second)));
    }

    @Test
    void aJobThatTheOldVersionParkedGoesOnWithEither() {
        UUID job = add(stores.second, "hello");
        park(stores.second, claim(stores.second).get(0));
        begin(first, false);

        Job run = claim(stores.second).get(0);
        assertEquals(job, run.id());
        park(stores.second, run);
        assertEquals(List.of(job), ids(claim(stores.first)));
    }

    @Test
    void goingBackIsANewGenerationThatTakesJobsOfTheNewerVersion() {
        UUID job = add(stores.first, "hello");
        begin(first, false);
        park(stores.first, claim(stores.first).get(0));
        assertEquals(List.of(), claim(stores.second));

        rollOuts(second).goBack(live(second), line(Action.ROLLBACK), null);

        assertEquals(List.of(), claim(stores.first), "it still has the version that is not wanted any more");
        assertEquals(List.of(job), ids(claim(stores.second)));
    }

    @Test
    void aServerThatWasAwayTakesNoJobBeforeItRunsWhatIsWanted() {
        UUID job = add(stores.second, "hello");
        await(first.put(deployment("3.0.0")));

        assertEquals(List.of(), claim(stores.second));
        runs(second, "3.0.0");
        assertEquals(List.of(job), ids(claim(stores.second)));
    }

    @Test
    void jobsThatMustWaitForAnotherServerHideNoneBehindThem() {
        begin(first, true);
        List<UUID> parked =
                Stream.generate(() -> add(stores.first, "hello")).limit(100).toList();
        Stream.generate(() -> claim(stores.first))
                .takeWhile(runs -> !runs.isEmpty())
                .toList()
                .forEach(runs -> runs.forEach(run -> park(stores.first, run)));
        UUID behind = add(stores.first, "hello");

        assertEquals(100, parked.size());
        assertEquals(List.of(behind), ids(claim(stores.second)));
    }

    @Test
    void theJobsThatRunOnEachServerAreNamed() {
        UUID one = add(stores.first, "hello", "other");
        assertEquals(1, claim(stores.first).size());
        UUID two = add(stores.second, "hello");
        assertEquals(1, claim(stores.second).size());
        add(stores.second, "another");

        assertEquals(
                Set.of(one, two),
                shared(first).running(List.of("hello")).stream()
                        .map(ServerJob::job)
                        .collect(Collectors.toSet()));
    }
}
