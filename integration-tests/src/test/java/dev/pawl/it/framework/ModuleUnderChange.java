package dev.pawl.it.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.steps.StepsModule;
import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployer;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.job.JobMove;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ReasonCode;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.testkit.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.osgi.framework.BundleContext;

/**
 * The module {@code steps} in three versions and a framework of the test class's own: before each test version 1.0.0 is installed,
 * after each nothing is.
 */
final class ModuleUnderChange implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

    /** Steps of a job that is still running when it is looked at, also on a busy machine. */
    static final int LONG = 150;

    static final String STEPS = StepsModule.class.getPackageName();

    private static final Duration END = Duration.ofSeconds(60);
    private static final Executor OWN_THREAD = work -> new Thread(work, "change").start();

    private final Supplier<Path> folder;
    private final Map<String, Path> jars = new HashMap<>();
    private PawlFramework pawl;

    /** @param folder where the framework's data will be, asked for once JUnit has made it */
    ModuleUnderChange(Supplier<Path> folder) {
        this.folder = folder;
    }

    @Override
    public void beforeAll(ExtensionContext tests) throws Exception {
        for (String version : List.of("1.0.0", "2.0.0", "3.0.0")) {
            jars.put(version, ModuleJar.of(StepsModule.class, version, folder.get()));
        }
        pawl = PawlFramework.start(data());
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        install("1.0.0", UpdateMode.MOVE);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        for (String module : List.of("steps", "counter")) {
            if (pawl.deployer().deployment(module).isPresent()) {
                pawl.deployer().uninstall(module, by(UpdateMode.NOW));
            }
        }
        Eventually.eventually("no version is left", () -> versions().isEmpty());
    }

    @Override
    public void afterAll(ExtensionContext tests) throws Exception {
        pawl.close();
    }

    Deployer deployer() {
        return pawl.deployer();
    }

    ModuleCatalog catalog() {
        return pawl.catalog();
    }

    BundleContext context() {
        return pawl.context();
    }

    /** The framework's data folder. */
    Path data() {
        return folder.get().resolve("data");
    }

    Path jar(String version) {
        return jars.get(version);
    }

    Deployed install(String version, UpdateMode mode) {
        return pawl.deployer().install(jar(version), InstallOptions.of(by(mode)));
    }

    /** Installs what else is needed beside. */
    void add(Path jar) {
        pawl.deployer().install(jar, InstallOptions.by("test"));
    }

    Deployment deployment() {
        return pawl.deployer().deployment("steps").orElseThrow();
    }

    /** Holds the module's jobs back, or lets them go. */
    void pause(String module, boolean paused) {
        pawl.queue().pauseModule(module, paused).toCompletableFuture().join();
    }

    /** Starts a job of so many steps. */
    String begin(int steps) {
        return pawl.run("steps", Map.of("steps", steps, "pause_ms", steps > 10 ? 10 : 1));
    }

    /** Starts a long job; returns once it has made a step. */
    String beginAndAwaitAStep() {
        return beginAndAwaitAStep(LONG);
    }

    String beginAndAwaitAStep(int steps) {
        return awaitAResult(begin(steps));
    }

    /** Starts a long job of the module {@code counter}; returns once it has counted. */
    String countAndAwaitANumber() {
        return awaitAResult(count(LONG));
    }

    /** Starts a job of the module {@code counter}. */
    String count(int upTo) {
        return pawl.run("counter", Map.of("up_to", upTo));
    }

    /** Waits until a job has a result; returns the job. */
    String awaitAResult(String job) {
        Eventually.eventually("a result of " + job, () -> !pawl.results(job).isEmpty());
        return job;
    }

    /** Waits for the end of a job, which has completed with each of its results once, in their order. */
    void assertWhole(String job, int results) {
        awaitEnd(job);
        assertEquals(JobStatus.COMPLETED, pawl.status(job), () -> pawl.scheduler()
                .job(job)
                .toString());
        List<String> all = pawl.results(job);
        assertEquals(results, all.size());
        for (int n = 1; n <= results; n++) {
            String json = all.get(n - 1);
            assertTrue(json.matches(".*\"(step|n)\":" + n + "[,}].*"), json);
        }
    }

    /** The number of times that the job began. */
    long runs(String job) {
        return pawl.scheduler().job(job).job().state().epoch();
    }

    /** Why the job does not run. */
    ReasonCode why(String job) {
        return pawl.scheduler().why(job).code();
    }

    /** The version that a job ended on. */
    String lastVersion(String job) {
        awaitEnd(job);
        return pawl.scheduler().job(job).job().state().moduleVersion();
    }

    private void awaitEnd(String job) {
        Eventually.eventually("the end of " + job, END, () -> pawl.status(job).isFinal());
    }

    /** The version that is there once those that were finishing have gone. */
    String leftInTheEnd() {
        Eventually.eventually("one version is left", END, () -> versions().size() == 1);
        return versions().get(0);
    }

    /** The versions whose bundles are there. */
    List<String> versions() {
        return Arrays.stream(pawl.context().getBundles())
                .filter(bundle -> STEPS.equals(bundle.getSymbolicName()))
                .map(bundle -> bundle.getVersion().toString())
                .toList();
    }

    static ChangeOptions by(UpdateMode mode) {
        return ChangeOptions.by("test").with(mode);
    }

    /** Makes a change beside the test. */
    static <T> CompletableFuture<T> later(Supplier<T> change) {
        return CompletableFuture.supplyAsync(change, OWN_THREAD);
    }

    /** The outcome of a change for each job. */
    static Map<String, JobMove.Outcome> outcomes(Deployed deployed) {
        Map<String, JobMove.Outcome> outcomes = new HashMap<>();
        deployed.jobs().forEach(move -> outcomes.put(move.job().toString(), move.outcome()));
        return outcomes;
    }

    /** The same, as it is expected of these jobs and of no other. */
    static Map<String, JobMove.Outcome> outcomes(JobMove.Outcome outcome, String... jobs) {
        Map<String, JobMove.Outcome> outcomes = new HashMap<>();
        for (String job : jobs) {
            outcomes.put(job, outcome);
        }
        return outcomes;
    }
}
