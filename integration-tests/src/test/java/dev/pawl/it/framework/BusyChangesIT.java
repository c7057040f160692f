package dev.pawl.it.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.catalog.ChangeOptions;
import dev.pawl.api.catalog.Deployed;
import dev.pawl.api.catalog.Deployment;
import dev.pawl.api.catalog.InstallOptions;
import dev.pawl.api.job.JobMove;
import dev.pawl.api.job.JobStatus;
import dev.pawl.api.job.ReasonCode;
import dev.pawl.api.job.UpdateMode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.counter.CounterModule;
import dev.pawl.it.modules.steps.StepsModule;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** Changes that meet: with many jobs, with one another, and with versions that are still leaving. */
class BusyChangesIT {

    private static final String STEPS = StepsModule.class.getPackageName();
    private static final String COUNTER = CounterModule.class.getPackageName();
    /** Steps of a job that is still running when it is looked at, also on a busy machine. */
    private static final int LONG = 150;

    private static final Executor OWN_THREAD = work -> new Thread(work, "change").start();

    @TempDir
    static Path folder;

    private static final Map<String, Path> JARS = new HashMap<>();
    private static PawlFramework pawl;

    private final List<String> jobs = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        for (String version : List.of("1.0.0", "2.0.0", "3.0.0")) {
            JARS.put(version, ModuleJar.of(StepsModule.class, version, folder));
        }
        pawl = PawlFramework.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() throws Exception {
        pawl.close();
    }

    @BeforeEach
    void installTheFirstVersion() {
        install("1.0.0", UpdateMode.MOVE);
    }

    @AfterEach
    void uninstallWhatIsThere() {
        for (String module : List.of("steps", "counter")) {
            if (pawl.deployer().deployment(module).isPresent()) {
                pawl.deployer().uninstall(module, by(UpdateMode.NOW));
            }
        }
        Eventually.eventually("no version is left", () -> bundles(STEPS).isEmpty());
    }

    @Test
    void twoHundredQueuedJobsOutliveAnUpdate() {
        IntStream.range(0, 200).forEach(i -> begin(2));
        install("2.0.0", UpdateMode.MOVE);
        install("3.0.0", UpdateMode.FINISH);
        jobs.forEach(id -> assertWhole(id, 2));
        assertEquals(List.of("3.0.0"), leftInTheEnd());
    }

    @Test
    void oneOfTwoUploadsAtOnceComesAfterTheOther() {
        String job = beginAndAwaitAStep();
        CompletableFuture<Deployed> second = later(() -> install("2.0.0", UpdateMode.MOVE));
        CompletableFuture<Deployed> third = later(() -> install("3.0.0", UpdateMode.MOVE));

        List<String> former = Stream.of(
                        second.join().formerVersion(), third.join().formerVersion())
                .sorted()
                .toList();
        String now = deployment().version();
        assertEquals(now.equals("3.0.0") ? List.of("1.0.0", "2.0.0") : List.of("1.0.0", "3.0.0"), former);
        assertEquals(List.of(now), leftInTheEnd());
        assertWhole(job, LONG);
    }

    @Test
    void theFolderAndAnUploadAtOnceEndInOneOfThem() throws IOException {
        String job = beginAndAwaitAStep();
        Path modules = Files.createDirectories(folder.resolve("data/modules"));
        CompletableFuture<Deployed> upload = later(() -> install("2.0.0", UpdateMode.MOVE));
        Path part = Files.copy(JARS.get("3.0.0"), modules.resolve("steps.part"));
        Path dropped = Files.move(part, modules.resolve("steps.jar"), StandardCopyOption.ATOMIC_MOVE);
        upload.join();

        Eventually.eventually("both were made", () -> pawl.deployer().history("steps", 2).stream()
                .map(line -> String.valueOf(line.to()))
                .sorted()
                .toList()
                .equals(List.of("2.0.0", "3.0.0")));
        assertEquals(List.of(deployment().version()), leftInTheEnd());
        assertWhole(job, LONG);
        Files.delete(dropped);
    }

    @Test
    void aModuleThatIsDisabledDuringAnUpdateIsDisabledOfTheNewVersion() {
        String job = beginAndAwaitAStep();
        CompletableFuture<Deployed> update = later(() -> install("2.0.0", UpdateMode.MOVE));
        Deployed disabled = pawl.deployer().disable("steps", by(UpdateMode.MOVE));
        update.join();

        assertEquals(Deployed.Change.DISABLED, disabled.change());
        assertEquals("2.0.0", deployment().version());
        assertEquals(false, deployment().enabled());
        assertEquals(ReasonCode.MODULE_DISABLED, pawl.scheduler().why(job).code());
        pawl.deployer().enable("steps", by(UpdateMode.MOVE));
        assertWhole(job, LONG);
    }

    @Test
    void aModuleThatFinishesItsJobsCanBeDisabledInAHurryAfterAll() {
        String job = beginAndAwaitAStep();
        pawl.deployer().disable("steps", by(UpdateMode.FINISH));

        Deployed hurried = pawl.deployer().disable("steps", by(UpdateMode.NOW));

        assertEquals(outcomes(JobMove.Outcome.INTERRUPTED, job), outcomes(hurried));
        assertEquals(ReasonCode.MODULE_DISABLED, pawl.scheduler().why(job).code());
        assertEquals(
                Deployed.Change.UNCHANGED,
                pawl.deployer().disable("steps", by(UpdateMode.NOW)).change());
        pawl.deployer().enable("steps", by(UpdateMode.MOVE));
        assertWhole(job, LONG);
        assertWhole(begin(2), 2);
    }

    @Test
    void whoAsksForAModuleWhileItIsDisabledAndEnabledAlwaysGetsAnAnswer() {
        AtomicBoolean changing = new AtomicBoolean(true);
        CompletableFuture<Integer> asking = later(() -> {
            int asked = 0;
            while (changing.get()) {
                assertEquals(
                        3,
                        pawl.catalog()
                                .module("steps")
                                .orElseThrow()
                                .inputs()
                                .fields()
                                .size());
                asked++;
            }
            return asked;
        });
        for (int n = 1; n <= 25; n++) {
            pawl.deployer().disable("steps", by(UpdateMode.MOVE));
            pawl.deployer().enable("steps", by(UpdateMode.MOVE));
        }
        changing.set(false);
        assertTrue(asking.join() > 25);
    }

    @Test
    void anUninstallTakesTheJobsOffAVersionThatIsStillFinishingToo() {
        String old = beginAndAwaitAStep();
        install("2.0.0", UpdateMode.FINISH);
        String young = beginAndAwaitAStep();

        Deployed gone = pawl.deployer().uninstall("steps", by(UpdateMode.MOVE));

        assertEquals(outcomes(JobMove.Outcome.PARKED, old, young), outcomes(gone));
        Eventually.eventually("both are gone", () -> bundles(STEPS).isEmpty());
        for (String id : List.of(old, young)) {
            assertEquals(ReasonCode.MODULE_MISSING, pawl.scheduler().why(id).code());
        }
        install("3.0.0", UpdateMode.MOVE);
        assertWhole(old, LONG);
        assertWhole(young, LONG);
    }

    @Test
    void whatIsInstalledAgainWhileItFinishesKeepsItsJobsAndTakesNewOnes() {
        String old = beginAndAwaitAStep();
        pawl.deployer().uninstall("steps", by(UpdateMode.FINISH));
        install("1.0.0", UpdateMode.MOVE);
        assertWhole(begin(2), 2);
        assertWhole(old, LONG);
        assertEquals(1, pawl.scheduler().job(old).job().state().epoch());
        assertWhole(begin(2), 2);
        assertEquals(List.of("1.0.0"), leftInTheEnd());
    }

    @Test
    void anUpdateOfABundleThatOthersUseMovesTheirJobsToo() {
        pawl.deployer().uninstall("steps", by(UpdateMode.NOW));
        Map<String, String> exporting = Map.of("Private-Package", "", "Export-Package", STEPS + ";-noimport:=true");
        pawl.deployer()
                .install(
                        ModuleJar.of(StepsModule.class, "1.0.0", folder.resolve("data"), exporting),
                        InstallOptions.by("test"));
        pawl.deployer()
                .install(
                        ModuleJar.of(CounterModule.class, "1.0.0", folder, Map.of("Import-Package", STEPS + ",*")),
                        InstallOptions.by("test"));
        String job = beginAndAwaitAStep();
        String counting = pawl.run("counter", Map.of("up_to", LONG));
        Eventually.eventually("it counts", () -> !pawl.results(counting).isEmpty());
        Path next = ModuleJar.of(StepsModule.class, "2.0.0", folder.resolve("data"), exporting);

        Deployed dry = pawl.deployer()
                .install(next, InstallOptions.of(by(UpdateMode.MOVE).dry()));
        Deployed update = pawl.deployer().install(next, InstallOptions.of(by(UpdateMode.MOVE)));

        assertEquals(List.of(COUNTER), dry.impact().touched());
        assertEquals(outcomes(dry), outcomes(update));
        assertEquals(outcomes(JobMove.Outcome.PARKED, job, counting), outcomes(update));
        assertWhole(job, LONG);
        assertWhole(counting, LONG);
        assertEquals(2, pawl.scheduler().job(counting).job().state().epoch());
    }

    @Test
    void aRollbackTakesBackAVersionThatIsStillFinishingWithTheJobsOfBoth() {
        String old = beginAndAwaitAStep();
        install("2.0.0", UpdateMode.FINISH);
        String young = beginAndAwaitAStep();

        Deployed back = pawl.deployer().rollback("steps", "1.0.0", by(UpdateMode.MOVE));

        assertEquals(outcomes(JobMove.Outcome.PARKED, old, young), outcomes(back));
        assertEquals(List.of("1.0.0"), leftInTheEnd());
        assertWhole(old, LONG);
        assertWhole(young, LONG);
        assertEquals("1.0.0", lastVersion(young));
    }

    @Test
    void aRollbackThatFinishesLeavesTheJobsOfBothWhereTheyAre() {
        String old = beginAndAwaitAStep();
        install("2.0.0", UpdateMode.FINISH);
        String young = beginAndAwaitAStep();

        pawl.deployer().rollback("steps", "1.0.0", by(UpdateMode.FINISH));

        assertEquals("1.0.0", lastVersion(begin(1)));
        assertWhole(old, LONG);
        assertWhole(young, LONG);
        assertEquals("2.0.0", lastVersion(young));
        assertEquals(List.of("1.0.0"), leftInTheEnd());
    }

    @Test
    void aModuleThatItsBundleDropsWaitsAndGoesOnInTheBundleThatBringsIt() {
        pawl.deployer().uninstall("steps", by(UpdateMode.NOW));
        pawl.deployer().install(both("1.0.0"), InstallOptions.by("test"));
        String job = beginAndAwaitAStep();
        String counting = pawl.run("counter", Map.of("up_to", LONG));
        Eventually.eventually("it counts", () -> !pawl.results(counting).isEmpty());
        pawl.scheduler().pauseModule("counter", true).toCompletableFuture().join();
        String waits = pawl.run("counter", Map.of("up_to", 2));

        Deployed dry = pawl.deployer()
                .install(
                        JARS.get("2.0.0"), InstallOptions.of(by(UpdateMode.MOVE).dry()));
        assertEquals(
                List.of("counter"),
                dry.impact().vanishes().stream().map(offer -> offer.name()).toList());
        assertEquals(List.of(UUID.fromString(waits)), dry.impact().waiting());
        Deployed update = install("2.0.0", UpdateMode.MOVE);

        assertEquals(outcomes(JobMove.Outcome.PARKED, job, counting), outcomes(update));
        assertEquals(ReasonCode.MODULE_MISSING, pawl.scheduler().why(counting).code());
        assertWhole(job, LONG);
        pawl.deployer().install(ModuleJar.of(CounterModule.class, "1.0.0", folder), InstallOptions.by("test"));
        pawl.scheduler().pauseModule("counter", false).toCompletableFuture().join();
        assertWhole(counting, LONG);
        assertWhole(waits, 2);
    }

    @Test
    void aModuleThatItsBundleDropsMayFinishThere() {
        pawl.deployer().uninstall("steps", by(UpdateMode.NOW));
        pawl.deployer().install(both("1.0.0"), InstallOptions.by("test"));
        String counting = pawl.run("counter", Map.of("up_to", LONG));
        Eventually.eventually("it counts", () -> !pawl.results(counting).isEmpty());
        install("2.0.0", UpdateMode.FINISH);
        assertWhole(counting, LONG);
        assertEquals(1, pawl.scheduler().job(counting).job().state().epoch());
        assertEquals(List.of("2.0.0"), leftInTheEnd());
    }

    @Test
    void aDryRunNamesTheJobsThatRunAndThoseThatWouldWaitAndDisturbsNone() throws IOException {
        install("2.0.0", UpdateMode.MOVE);
        int steps = 4 * LONG;
        String job = begin(steps);
        Eventually.eventually("a step", () -> !pawl.results(job).isEmpty());
        pawl.scheduler().pauseModule("steps", true).toCompletableFuture().join();
        String waits = begin(2);
        Map<String, String> before = state();

        Map<UpdateMode, JobMove.Outcome> foretold = Map.of(
                UpdateMode.MOVE,
                JobMove.Outcome.PARKED,
                UpdateMode.NOW,
                JobMove.Outcome.INTERRUPTED,
                UpdateMode.FINISH,
                JobMove.Outcome.RUNNING);
        foretold.forEach((mode, outcome) -> {
            ChangeOptions dry = by(mode).dry();
            Deployed update = pawl.deployer().install(JARS.get("3.0.0"), InstallOptions.of(dry));
            Deployed back = pawl.deployer().rollback("steps", null, dry);
            Deployed disabled = pawl.deployer().disable("steps", dry);
            Deployed gone = pawl.deployer().uninstall("steps", dry);
            for (Deployed deployed : List.of(update, back, disabled, gone)) {
                assertEquals(outcomes(outcome, job), outcomes(deployed));
            }
            assertEquals(List.of(), update.impact().waiting());
            assertEquals(List.of(), back.impact().waiting());
            assertEquals(List.of(UUID.fromString(waits)), disabled.impact().waiting());
            assertEquals(List.of(UUID.fromString(waits)), gone.impact().waiting());
        });

        assertEquals(before, state());
        pawl.scheduler().pauseModule("steps", false).toCompletableFuture().join();
        assertWhole(job, steps);
        assertEquals(1, pawl.scheduler().job(job).job().state().epoch(), "it was never interrupted");
        assertWhole(waits, 2);
    }

    /** All that a change would leave a mark on. */
    private static Map<String, String> state() throws IOException {
        Map<String, String> state = new HashMap<>();
        for (Bundle bundle : pawl.context().getBundles()) {
            state.put("bundle " + bundle.getBundleId(), bundle.getState() + " since " + bundle.getLastModified());
        }
        try (Stream<Path> artifacts = Files.list(folder.resolve("data/artifacts"))) {
            for (Path artifact : artifacts.toList()) {
                state.put(artifact.toString(), Integer.toString(Arrays.hashCode(Files.readAllBytes(artifact))));
            }
        }
        state.put("record", deployment().toString());
        state.put("former", pawl.deployer().former("steps").toString());
        state.put("history", pawl.deployer().history("steps", 1_000).toString());
        return state;
    }

    private static Path both(String version) {
        return ModuleJar.of(
                StepsModule.class, version, folder.resolve("data"), Map.of("Private-Package", STEPS + "," + COUNTER));
    }

    private static ChangeOptions by(UpdateMode mode) {
        return ChangeOptions.by("test").with(mode);
    }

    private static Deployed install(String version, UpdateMode mode) {
        return pawl.deployer().install(JARS.get(version), InstallOptions.of(by(mode)));
    }

    private static <T> CompletableFuture<T> later(Supplier<T> change) {
        return CompletableFuture.supplyAsync(change, OWN_THREAD);
    }

    private static Deployment deployment() {
        return pawl.deployer().deployment("steps").orElseThrow();
    }

    private String begin(int steps) {
        String job = pawl.run("steps", Map.of("steps", steps, "pause_ms", steps > 10 ? 10 : 1));
        jobs.add(job);
        return job;
    }

    private String beginAndAwaitAStep() {
        String job = begin(LONG);
        Eventually.eventually("a step", () -> !pawl.results(job).isEmpty());
        return job;
    }

    private static Map<String, JobMove.Outcome> outcomes(JobMove.Outcome outcome, String... ids) {
        Map<String, JobMove.Outcome> outcomes = new HashMap<>();
        for (String id : ids) {
            outcomes.put(id, outcome);
        }
        return outcomes;
    }

    private static Map<String, JobMove.Outcome> outcomes(Deployed deployed) {
        Map<String, JobMove.Outcome> outcomes = new HashMap<>();
        deployed.jobs().forEach(move -> outcomes.put(move.job().toString(), move.outcome()));
        return outcomes;
    }

    private static void assertWhole(String id, int results) {
        Eventually.eventually("the end of " + id, Duration.ofSeconds(60), () -> pawl.status(id)
                .isFinal());
        assertEquals(JobStatus.COMPLETED, pawl.status(id), () -> pawl.scheduler()
                .job(id)
                .toString());
        List<String> all = pawl.results(id);
        assertEquals(results, all.size());
        for (int n = 1; n <= results; n++) {
            String json = all.get(n - 1);
            assertTrue(json.matches(".*\"(step|n)\":" + n + "[,}].*"), json);
        }
    }

    private static String lastVersion(String id) {
        Eventually.eventually("the end of " + id, Duration.ofSeconds(60), () -> pawl.status(id)
                .isFinal());
        return pawl.scheduler().job(id).job().state().moduleVersion();
    }

    /** The versions of the bundle that are there once those that were finishing have gone. */
    private static List<String> leftInTheEnd() {
        Eventually.eventually(
                "one version is left",
                Duration.ofSeconds(60),
                () -> bundles(STEPS).size() == 1);
        return bundles(STEPS);
    }

    private static List<String> bundles(String symbolicName) {
        return Arrays.stream(pawl.context().getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .map(bundle -> bundle.getVersion().toString())
                .toList();
    }
}
