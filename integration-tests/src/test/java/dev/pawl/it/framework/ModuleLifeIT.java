package dev.pawl.it.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.confused.ConfusedModule;
import dev.pawl.it.modules.steps.StepsModule;
import dev.pawl.service.catalog.ModuleEntry;
import dev.pawl.service.catalog.ModuleState;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ReasonCode;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** A module is installed, started, stopped, updated and uninstalled in a real framework while jobs come and go. */
class ModuleLifeIT {

    private static final InstallOptions US = InstallOptions.by("test");
    private static final Executor OWN_THREAD = work -> new Thread(work, "asker").start();

    @TempDir
    Path folder;

    private PawlFramework pawl;

    @BeforeEach
    void start() throws Exception {
        pawl = PawlFramework.start(folder.resolve("data"));
    }

    @AfterEach
    void stop() throws Exception {
        pawl.close();
    }

    @Test
    void aJobFollowsItsModuleThroughStopStartAndUpdate() {
        pawl.deployer().install(ModuleJar.of(StepsModule.class, "1.0.0", folder), US);
        String job = pawl.run("steps", Map.of("steps", 90, "pause_ms", 10));
        Eventually.eventually(() -> assertTrue(
                pawl.results(job).size() > 5, () -> pawl.scheduler().job(job).toString()));

        pawl.deployer().disable("steps", ChangeOptions.by("test"));
        assertEquals(List.of(), pawl.catalog().leaks(), "a leak was reported without the leak search");
        assertEquals(JobStatus.PENDING, pawl.status(job));
        assertEquals(ReasonCode.MODULE_DISABLED, pawl.scheduler().why(job).code());
        assertEquals(
                ModuleState.DISABLED,
                pawl.catalog().module("steps").orElseThrow().state());

        pawl.deployer().enable("steps", ChangeOptions.by("test"));
        Eventually.eventually("running again", () -> pawl.status(job) == JobStatus.RUNNING);
        pawl.deployer().install(ModuleJar.of(StepsModule.class, "2.0.0", folder), US);

        awaitEnd(job);
        List<String> results = pawl.results(job);
        assertEquals(90, results.size());
        for (int step = 1; step <= 90; step++) {
            assertTrue(
                    results.get(step - 1).contains("\"step\":" + step + ",")
                            || results.get(step - 1).contains("\"step\":" + step + "}"),
                    results.get(step - 1));
        }
        assertTrue(results.get(89).contains("2.0.0"), results.get(89));
    }

    @Test
    void aVersionThatCouldTakeNoJobMakesRoomForTheOneBefore() {
        pawl.deployer().install(ModuleJar.of(StepsModule.class, "1.0.0", folder), US);
        Path confused = ModuleJar.of(
                ConfusedModule.class,
                "2.0.0",
                folder,
                Map.of("Bundle-SymbolicName", StepsModule.class.getPackageName()));

        ProblemException refused =
                assertThrows(ProblemException.class, () -> pawl.deployer().install(confused, US));

        assertEquals(ProblemCode.ACTIVATION_FAILED, refused.code());
        assertTrue(String.valueOf(refused.getMessage()).contains("many"), refused.getMessage());
        assertEquals("1.0.0", pawl.catalog().module("steps").orElseThrow().version());
        awaitEnd(pawl.run("steps", Map.of("steps", 3)));
    }

    @Test
    void aBundleStoppedBehindOurBackParksItsJobsAndTheyGoOnWithIt() throws Exception {
        pawl.deployer().install(ModuleJar.of(StepsModule.class, "1.0.0", folder), US);
        String job = pawl.run("steps", Map.of("steps", 60, "pause_ms", 10));
        Eventually.eventually(() -> assertTrue(
                pawl.results(job).size() > 5, () -> pawl.scheduler().job(job).toString()));

        Bundle bundle = bundleOf("dev.pawl.it.modules.steps");
        bundle.stop();
        Eventually.eventually("parked", () -> pawl.status(job) == JobStatus.PENDING);
        bundle.start();
        awaitEnd(job);
        assertEquals(60, pawl.results(job).size());
    }

    @Test
    void jobsOfAnotherModuleNeverNoticeAnUpdate() {
        pawl.deployer().install(ModuleJar.of(StepsModule.class, "1.0.0", folder), US);
        Path other = ModuleJar.of(dev.pawl.it.modules.counter.CounterModule.class, "1.0.0", folder);
        pawl.deployer().install(other, US);
        String counting = pawl.run("counter", Map.of("up_to", 150));
        for (int n = 1; n <= 5; n++) {
            pawl.deployer().install(ModuleJar.of(StepsModule.class, "1.0." + n, folder), US);
            String job = pawl.run("steps", Map.of("steps", 3));
            awaitEnd(job);
            assertTrue(pawl.results(job).get(0).contains("1.0." + n));
        }
        awaitEnd(counting);
        assertEquals(150, pawl.results(counting).size());
        assertEquals(1, pawl.scheduler().job(counting).job().state().epoch(), "one run, never interrupted");
    }

    @Test
    void anUninstalledModuleIsGoneAndItsJobsWait() {
        pawl.deployer().install(ModuleJar.of(StepsModule.class, "1.0.0", folder), US);
        String job = pawl.run("steps", Map.of("steps", 60, "pause_ms", 10));
        Eventually.eventually(() -> assertTrue(
                pawl.results(job).size() > 5, () -> pawl.scheduler().job(job).toString()));
        pawl.deployer().uninstall("steps", ChangeOptions.by("test").with(UpdateMode.NOW));
        assertEquals(ReasonCode.MODULE_MISSING, pawl.scheduler().why(job).code());
        assertTrue(pawl.catalog().module("steps").isEmpty());

        pawl.deployer().install(ModuleJar.of(StepsModule.class, "1.0.0", folder), US);
        awaitEnd(job);
        assertEquals(60, pawl.results(job).size());
    }

    @Test
    void whoAsksForAModuleWhileItIsUpdatedAlwaysFindsIt() {
        pawl.deployer().install(ModuleJar.of(StepsModule.class, "1.0.0", folder), US);
        assertFoundDuring(20);
    }

    @Test
    void whoAsksForADisabledModuleWhileItIsUpdatedAlwaysFindsIt() {
        pawl.deployer().install(ModuleJar.of(StepsModule.class, "1.0.0", folder), US);
        pawl.deployer().disable("steps", ChangeOptions.by("test"));
        assertFoundDuring(20);
        assertEquals(
                ModuleState.DISABLED,
                pawl.catalog().module("steps").orElseThrow().state());
    }

    private void assertFoundDuring(int updates) {
        List<Path> jars = IntStream.range(0, updates)
                .mapToObj(n -> ModuleJar.of(StepsModule.class, "1.1." + n, folder))
                .toList();
        AtomicBoolean updating = new AtomicBoolean(true);
        List<CompletableFuture<Integer>> askers = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> askWhile(updating), OWN_THREAD))
                .limit(16)
                .toList();
        jars.forEach(jar -> pawl.deployer().install(jar, US));
        updating.set(false);
        askers.forEach(asker -> assertTrue(asker.join() > updates, "there were too few reads"));
    }

    private int askWhile(AtomicBoolean updating) {
        int asked = 0;
        while (updating.get()) {
            ModuleEntry found = pawl.catalog()
                    .module("steps")
                    .orElseThrow(() -> new AssertionError("The module was gone for a moment."));
            assertEquals(3, found.inputs().fields().size(), found::toString);
            asked++;
        }
        return asked;
    }

    private void awaitEnd(String job) {
        Eventually.eventually("the end of " + job, Duration.ofSeconds(30), () -> pawl.status(job)
                .isFinal());
        assertEquals(JobStatus.COMPLETED, pawl.status(job), () -> pawl.scheduler()
                .job(job)
                .toString());
    }

    private Bundle bundleOf(String symbolicName) {
        for (Bundle bundle : pawl.context().getBundles()) {
            if (symbolicName.equals(bundle.getSymbolicName())) {
                return bundle;
            }
        }
        throw new AssertionError("no bundle " + symbolicName);
    }
}
