package dev.pawl.samples.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.samples.browser.Site.Answer;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import dev.pawl.testkit.NeedsProgram;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Browsers that come and go. */
@NeedsProgram("chromium")
class PoolTest {

    private final Site site = new Site().page("/", "<b id=b>here</b>");
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    Path workDir;

    @AfterEach
    void closeTheSite() {
        site.close();
    }

    private Pool pool(int browsers, int pages) throws Exception {
        return new Pool(new Limits(browsers, Duration.ofHours(4), pages, Duration.ofMinutes(5)), now::get);
    }

    private List<Map<String, ?>> steps() {
        return List.of(load("/"), Map.of("action", "extract", "selector", "#b"));
    }

    private Map<String, ?> load(String path) {
        return Map.of("action", "goto", "url", site.at(path));
    }

    private HarnessRun completed(JobHarness job) {
        HarnessRun run = job.workDir(workDir).run();
        assertEquals(Outcome.COMPLETED, run.outcome(), () -> run.thrown() + " " + run.lines());
        return run;
    }

    private static boolean lives(long process) {
        return ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
    }

    private static void eventually(BooleanSupplier condition, String what) throws InterruptedException {
        eventually(condition, () -> what);
    }

    private static void eventually(BooleanSupplier condition, Supplier<String> what) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - end < 0, what);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void aBrowserIsUsedAgainUntilItIsTooOld() throws Exception {
        try (Pool pool = pool(2, 100)) {
            completed(pool.job(steps()));
            long first = pool.browsers().processes().get(0);
            completed(pool.job(steps()));
            assertEquals(List.of(first), pool.browsers().processes());

            now.updateAndGet(time -> time.plus(Duration.ofHours(5)));
            completed(pool.job(steps()));

            assertNotEquals(List.of(first), pool.browsers().processes());
            eventually(() -> !lives(first), "the old browser has ended");
        }
    }

    @Test
    void aBrowserIsReplacedAfterItsNumberOfPages() throws Exception {
        try (Pool pool = pool(2, 1)) {
            completed(pool.job(steps()));

            assertEquals(List.of(), pool.browsers().processes());
        }
    }

    @Test
    void anUnusedBrowserEnds() throws Exception {
        try (Pool pool = pool(2, 100)) {
            completed(pool.job(steps()));
            long browser = pool.browsers().processes().get(0);

            now.updateAndGet(time -> time.plus(Duration.ofMinutes(6)));
            pool.browsers().tidy();

            assertEquals(List.of(), pool.browsers().processes());
            eventually(() -> !lives(browser), "the unused browser has ended");
        }
    }

    @Test
    void aBrowserThatDiesMeanwhileIsReplacedOnce() throws Exception {
        try (Pool pool = pool(2, 100)) {
            AtomicInteger calls = new AtomicInteger();
            site.page("/deadly", exchange -> {
                if (calls.incrementAndGet() == 1) {
                    ProcessHandle.of(pool.browsers().processes().get(0))
                            .orElseThrow()
                            .destroyForcibly();
                }
                return Answer.html("<b id=b>alive</b>");
            });

            HarnessRun run = completed(pool.job(List.of(
                    load("/"),
                    Map.of("action", "extract", "selector", "#b"),
                    load("/deadly"),
                    Map.of("action", "extract", "selector", "#b"))));

            assertEquals(List.of(Map.of("value", "here"), Map.of("value", "alive")), run.results());
            assertTrue(
                    run.lines().stream()
                            .anyMatch(line -> line.contains("Step 3 (goto " + site.at("/deadly") + ")")
                                    && line.contains("done again in another browser")),
                    run.lines().toString());
        }
    }

    @Test
    void aPageThatCrashesAgainFailsTheTask() throws Exception {
        try (Pool pool = pool(2, 100)) {
            site.page("/deadly", exchange -> {
                ProcessHandle.of(pool.browsers().processes().get(0))
                        .orElseThrow()
                        .destroyForcibly();
                return Answer.html("never seen");
            });

            HarnessRun run = pool.job(List.of(load("/deadly"))).workDir(workDir).run();

            assertEquals(Outcome.RUN_FAILED, run.outcome());
            assertTrue(String.valueOf(run.thrown()).contains("did so again in another browser"), run.thrown() + "");
            completed(pool.job(steps()));
        }
    }

    @Test
    void aWaitEndsWithinASecondWhenTheJobIsStopped() throws Exception {
        try (Pool pool = pool(1, 100)) {
            AtomicBoolean stopped = new AtomicBoolean();
            CompletableFuture<HarnessRun> first = start(pool, stopped, "#never");
            eventually(() -> site.requests().contains("GET /"), "the page is loaded");
            CompletableFuture<HarnessRun> second = start(pool, stopped, "#b"); // waits for the browser

            stopped.set(true);

            assertInstanceOf(
                    TaskCancelledException.class, first.get(1, TimeUnit.SECONDS).thrown());
            assertInstanceOf(
                    TaskCancelledException.class,
                    second.get(1, TimeUnit.SECONDS).thrown());
            completed(pool.job(steps()));
        }
    }

    private CompletableFuture<HarnessRun> start(Pool pool, AtomicBoolean stopped, String selector) {
        Module module = task -> new BrowserModule(pool.browsers()).run(stoppable(task, stopped));
        List<Map<String, ?>> steps = List.of(load("/"), Map.of("action", "wait_for", "selector", selector));
        JobHarness job = JobHarness.of(() -> module)
                .inputs(Map.of("steps", steps))
                .settings(Pool.LOOPBACK)
                .workDir(workDir);
        return CompletableFuture.supplyAsync(job::run);
    }

    private static TaskContext stoppable(TaskContext task, AtomicBoolean stopped) {
        return (TaskContext) Proxy.newProxyInstance(
                TaskContext.class.getClassLoader(), new Class<?>[] {TaskContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("throwIfCancelled") && stopped.get()) {
                        throw new TaskCancelledException("The job was stopped.");
                    }
                    try {
                        return method.invoke(task, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void closingThePoolEndsBrowsersAndThreads() throws Exception {
        long browser = usedBrowserOfAClosedPool();

        eventually(() -> !lives(browser), "the browser has ended");
        eventually(() -> threads().isEmpty(), () -> "left: " + threads());
        assertFalse(workDir.getFileSystem()
                        .getPath(System.getProperty("java.io.tmpdir"))
                        .toFile()
                        .list((folder, name) -> name.startsWith(
                                "pawl-browser-" + ProcessHandle.current().pid()))
                        .length
                > 0);
    }

    private long usedBrowserOfAClosedPool() throws Exception {
        try (Pool pool = pool(2, 100)) {
            completed(pool.job(steps()));
            long browser = pool.browsers().processes().get(0);
            assertTrue(lives(browser));
            return browser;
        }
    }

    private static List<String> threads() {
        System.gc(); // before Java 21 the thread of an HTTP client ends with the last reference to the client
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("(browser-|CDP |HttpClient-|chromium ).*"))
                .toList();
    }

    @Test
    void aKilledRunGoesOnWithItsLastGotoAndItsCookies() throws Exception {
        try (Pool pool = pool(1, 100)) {
            site.page("/login", exchange -> new Answer(200, Map.of("Set-Cookie", "user=ada; Path=/"), "<b id=b>in</b>"))
                    .page(
                            "/mine",
                            exchange -> Answer.html(
                                    "<b id=b>" + exchange.getRequestHeaders().getFirst("Cookie") + "</b>"));
            Map<String, ?> extract = Map.of("action", "extract", "selector", "#b");
            JobHarness job = pool.job(List.of(load("/login"), extract, load("/mine"), extract))
                    .workDir(workDir);

            assertEquals(Outcome.KILLED, job.killAtEmit(2).run().outcome());
            HarnessRun resumed = job.run();

            assertEquals(List.of(Map.of("value", "in"), Map.of("value", "user=ada")), resumed.results());
            assertEquals(
                    1, site.requests().stream().filter("GET /login"::equals).count());
        }
    }
}
