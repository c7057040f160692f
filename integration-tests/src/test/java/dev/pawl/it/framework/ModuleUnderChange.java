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
import dev.pawl.service.problem.ProblemException;
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
 * The module {@code steps} in three versions, in a framework that belongs to the test class: version 1.0.0 is installed before each test,
 * and everything is uninstalled after it.
 */
final class ModuleUnderChange implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

    /** The number of steps of a job that is still running when a test checks it, even on a busy machine. */
    static final int LONG = 150;

    static final String STEPS = StepsModule.class.getPackageName();

    private static final Duration END = Duration.ofSeconds(60);
    private static final Executor OWN_THREAD = work -> new Thread(work, "change").start();

    private final Supplier<Path> folder;
    private final Map<String, Path> jars = new HashMap<>();
    private PawlFramework pawl;

    /** @param folder supplies the folder for the framework's data; called after JUnit has created it */
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
            uninstall(module);
        }
        Eventually.eventually("no version is left", () -> versions().isEmpty());
    }

    /** Uninstalls a module, unless the folder does, whose jar a test may just have deleted. */
    private void uninstall(String module) {
        try {
            pawl.deployer().uninstall(module, by(UpdateMode.NOW));
        } catch (ProblemException refused) {
            if (pawl.deployer().deployment(module).isPresent()) {
                throw refused;
            }
        }
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

    /** Installs a further bundle. */
    void add(Path jar) {
        pawl.deployer().install(jar, InstallOptions.by("test"));
    }

    Deployment deployment() {
        return pawl.deployer().deployment("steps").orElseThrow();
    }

    /** Pauses a module, or ends its pause. */
    void pause(String module, boolean paused) {
        pawl.queue().pauseModule(module, paused).toCompletableFuture().join();
    }

    /** Starts a job with that number of steps. */
    String begin(int steps) {
        return pawl.run("steps", Map.of("steps", steps, "pause_ms", steps > 10 ? 10 : 1));
    }

    /** Starts a long job; returns after its first step. */
    String beginAndAwaitAStep() {
        return beginAndAwaitAStep(LONG);
    }

    String beginAndAwaitAStep(int steps) {
        return awaitAResult(begin(steps));
    }

    /** Starts a long job of the module {@code counter}; returns after its first number. */
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

    /** Waits for the end of a job, and asserts that it completed with each result exactly once and in order. */
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

    /** The number of the job's runs. */
    long runs(String job) {
        return pawl.scheduler().job(job).job().state().epoch();
    }

    /** The reason why the job does not run. */
    ReasonCode why(String job) {
        return pawl.scheduler().why(job).code();
    }

    /** The version of a job's last run, once the job has ended. */
    String lastVersion(String job) {
        awaitEnd(job);
        return pawl.scheduler().job(job).job().state().moduleVersion();
    }

    private void awaitEnd(String job) {
        Eventually.eventually("the end of " + job, END, () -> pawl.status(job).isFinal());
    }

    /** The version that remains after the retiring ones have gone. */
    String leftInTheEnd() {
        Eventually.eventually("one version is left", END, () -> versions().size() == 1);
        return versions().get(0);
    }

    /** The versions of the installed bundles. */
    List<String> versions() {
        return Arrays.stream(pawl.context().getBundles())
                .filter(bundle -> STEPS.equals(bundle.getSymbolicName()))
                .map(bundle -> bundle.getVersion().toString())
                .toList();
    }

    static ChangeOptions by(UpdateMode mode) {
        return ChangeOptions.by("test").with(mode);
    }

    /** Makes a change on another thread. */
    static <T> CompletableFuture<T> later(Supplier<T> change) {
        return CompletableFuture.supplyAsync(change, OWN_THREAD);
    }

    /** The outcome of a change for each job. */
    static Map<String, JobMove.Outcome> outcomes(Deployed deployed) {
        Map<String, JobMove.Outcome> outcomes = new HashMap<>();
        deployed.jobs().forEach(move -> outcomes.put(move.job().toString(), move.outcome()));
        return outcomes;
    }

    /** The expected outcomes: the same one for each of these jobs, and no other jobs. */
    static Map<String, JobMove.Outcome> outcomes(JobMove.Outcome outcome, String... jobs) {
        Map<String, JobMove.Outcome> outcomes = new HashMap<>();
        for (String job : jobs) {
            outcomes.put(job, outcome);
        }
        return outcomes;
    }
}
