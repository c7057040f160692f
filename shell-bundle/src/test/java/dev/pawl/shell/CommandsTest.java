package dev.pawl.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobResult;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.Task;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.Overlap;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Timing;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.WorkerStatus;
import dev.pawl.shell.Table.Column;
import dev.pawl.testkit.HelloCatalog;
import dev.pawl.testkit.MemoryDocuments;
import dev.pawl.testkit.RecordingDeployer;
import dev.pawl.testkit.RecordingDeployer.Asked;
import dev.pawl.testkit.fake.FakeScheduler;
import dev.pawl.testkit.fake.FakeSchedules;
import dev.pawl.testkit.fake.FakeWorkers;
import dev.pawl.testkit.fake.Jobs;
import dev.pawl.testkit.fake.MemoryAuditLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CommandsTest {
    private static final JobRequest HELLO = JobRequest.builder(List.of(new Task("hello", Map.of("name", "World"))))
            .build();

    private static final ChangeOptions US = ChangeOptions.by("shell");

    private final FakeScheduler scheduler = new FakeScheduler();
    private final HelloCatalog modules = new HelloCatalog();
    private final MemoryAuditLog log = new MemoryAuditLog();
    private final ShellAudit audit = new ShellAudit(log, InstantSource.system());
    private final JobCommands job = new JobCommands(scheduler, modules, audit);
    private final RecordingDeployer deployer = new RecordingDeployer();
    private final ModuleCommands module = new ModuleCommands(modules, deployer, audit);
    private final DataCommands data = new DataCommands(new MemoryDocuments(), audit);

    private Job add(JobStatus status) {
        UUID id = new UUID(0x3f2a91c400004000L + scheduler.jobs.size(), 0x8000000000000000L);
        Failure failure = status == JobStatus.FAILED ? new Failure(Phase.RUN, 0, "hello", "No such file.", null) : null;
        return scheduler.add(Jobs.of(id, HELLO, status, failure));
    }

    private static void assertRefused(String line, Executable command) {
        assertEquals(line, assertThrows(CommandException.class, command).toString()); // the shell prints this
    }

    private static void assertFits(Object shown) {
        shown.toString().lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }

    @Test
    void aJobIsStartedWithItsInputsAsTheyWereTyped() throws Exception {
        String id = job.run("hello", "name=a=b", "count=3");

        assertEquals(
                Map.of("name", "a=b", "count", "3"),
                scheduler.job(id).job().currentTask().inputs());
    }

    @Test
    void whatIsNoInputIsRefused() {
        assertRefused("\"World\" is not an input; inputs are given as name=value.", () -> job.run("hello", "World"));
        assertRefused("\"name\" is given twice; give it once.", () -> job.run("hello", "name=a", "name=b"));
    }

    @Test
    void aProblemBecomesOneLineWithItsRemedy() {
        add(JobStatus.COMPLETED);
        assertRefused(
                "There is no module \"nowhere\". `pawl module list` lists the modules.", () -> job.run("nowhere"));
        assertRefused("There is no job \"x\". `pawl jobs` lists the jobs.", () -> job.show("x"));
        assertRefused("The job has ended. Only a pending or running job can be stopped.", () -> job.stop("3f2a91c4"));
        assertRefused(
                "The version 0.9.0 is not kept. `pawl module show ID` lists the versions that are kept.",
                () -> module.rollback("0.9.0", "move", "30s", false, "hello"));
        assertRefused(
                "--drain-timeout is \"soon\"; it takes a time such as 30s or 2m.",
                () -> module.uninstall("move", "soon", false, "hello"));
        assertRefused("limit is 0; it takes 1 to 1000.", () -> job.list(0));
        assertRefused(
                "--mode is \"soon\"; it takes move, finish or now.",
                () -> module.disable("soon", "30s", false, "hello"));
    }

    @Test
    void aJobIsShownWithItsRuns() throws Exception {
        String id = add(JobStatus.RUNNING).id().toString();
        String shown = job.show(id).toString();
        assertTrue(shown.contains("retry, task 1 on 1.1.0"), shown);
        assertTrue(shown.contains("No such host."), shown);
        assertTrue(shown.contains("running, task 1 on 1.1.9, 1.2.0"), shown);
        assertFits(job.show(id));
    }

    @Test
    void jobsAreListedWithWhatAPersonWouldAskNext() throws Exception {
        add(JobStatus.PENDING);
        add(JobStatus.RUNNING);
        add(JobStatus.FAILED);

        List<List<String>> rows = job.list(20).rows();

        assertEquals("Queued behind 2 jobs.", rows.get(0).get(4));
        assertEquals("40 % hello", rows.get(1).get(4));
        assertEquals("No such file.", rows.get(2).get(4));
        assertFits(job.list(20));
    }

    @Test
    void aLongLogLineGoesOnBelowItself() throws Exception {
        scheduler.log(add(JobStatus.RUNNING), "word ".repeat(30).strip() + "\u001b[2J");

        String shown = job.logs(10, "3f2a91c4").toString();

        assertFits(shown);
        assertEquals(5, shown.lines().count(), "a heading and 154 characters in a column of 52");
        assertTrue(shown.lines().skip(2).allMatch(line -> line.startsWith(" ".repeat(28) + "word")), shown);
        assertTrue(shown.contains("?[2J"), "control characters that could move the cursor are replaced");
    }

    @Test
    void aTentativeResultIsMarked() throws Exception {
        UUID id = add(JobStatus.RUNNING).id();
        scheduler.results.put(id, List.of(new JobResult(1, Jobs.CREATED, 0, "{\"n\":1}", true)));

        assertEquals(
                List.of("1?", "{\"n\":1}"), job.results(10, "3f2a91c4").rows().get(0));
    }

    @Test
    void theReasonComesWithWhatUnblocksIt() throws Exception {
        add(JobStatus.PENDING);

        assertEquals("Queued behind 2 jobs. It starts when they have ended.", job.why("3f2a91c4"));
    }

    @Test
    void modulesAreChangedOnBehalfOfTheShell() throws Exception {
        module.install("finish", "30s", true, "/modules/a.jar");
        module.update("move", "30s", false, "/modules/x/../b.jar");
        module.enable("hello");
        module.disable("now", "2m", true, "hello");
        module.rollback("1.0.0", "move", "30s", false, "hello");
        module.rollback("", "move", "30s", false, "hello");
        Table removed = module.uninstall("move", "30s", false, "hello");

        ChangeOptions finish = US.with(UpdateMode.FINISH);
        ChangeOptions hurry = new ChangeOptions(UpdateMode.NOW, Duration.ofMinutes(2), false, "shell");
        assertEquals(
                List.of(
                        new Asked("install from /modules/a.jar", finish.dry(), null),
                        new Asked("install from /modules/b.jar", US, null),
                        new Asked("enable hello", US, null),
                        new Asked("disable hello", hurry.dry(), null),
                        new Asked("rollback hello to 1.0.0", US, null),
                        new Asked("rollback hello to null", US, null),
                        new Asked("uninstall hello", US, null)),
                deployer.asked());
        assertTrue(removed.rows().contains(List.of("job", "3f2a91c4 parked")), removed.toString());
    }

    @Test
    void aModuleIsShownWithWhatItTakes() throws Exception {
        String shown = module.show("hello").toString();

        assertFits(shown);
        assertFits(module.list());
        assertTrue(shown.contains("name (text, required): Who is greeted."), shown);
        assertTrue(shown.contains("count (integer, default 3): How often."), shown);
        assertTrue(shown.contains("A thread would not end."), shown);
    }

    @Test
    void aModuleIsShownWithHowItDoesAndWhereItCameFrom() throws Exception {
        String shown = module.show("hello").toString().replaceAll("\\s+", " ");

        for (String part : List.of(
                "version 1.2.3",
                "former 1.2.2",
                "bundle state active",
                "component hello: unsatisfied reference",
                "lacks java.time.Clock",
                "configuration dev.pawl.module.hello: present",
                "running jobs 2",
                "abandoned threads 1",
                "abandoned thread pawl-task-1 at dev.pawl.hello.Spin.run(Spin.java:7)",
                "retiring 0.9.0, with jobs",
                "leak version 0.8.0, removed",
                "Thread \"left over\" runs its class.",
                "sha256 abab",
                "origin api",
                "signer CN=Release")) {
            assertTrue(shown.contains(part), part + " is not in " + shown);
        }
    }

    @Test
    void withoutADeployerModulesAreShownAndNotChanged() throws Exception {
        ModuleCommands alone = new ModuleCommands(modules, null, audit);

        assertFits(alone.show("hello"));
        assertRefused(
                "This server runs without deploy-bundle, so its modules cannot be changed.",
                () -> alone.enable("hello"));
    }

    @Test
    void eachChangeAndEachRefusalIsInTheAudit() throws Exception {
        job.run("hello", "name=World");
        new QueueCommands(scheduler, audit).pause();
        data.put("hello", "words", "{}");
        module.disable("move", "30s", false, "hello");
        module.disable("move", "30s", true, "hello");
        assertThrows(CommandException.class, () -> job.stop("ffffffff"));

        List<String> told = log.entries().stream()
                .map(entry -> entry.door() + " " + entry.action() + " " + entry.target() + " "
                        + entry.outcome().wireName())
                .map(String::strip)
                .toList();

        assertEquals(
                List.of(
                        "shell job.start  done",
                        "shell queue.change  done",
                        "shell data.put hello/words done",
                        "shell module.disable hello begun",
                        "shell module.disable hello done",
                        "shell job.stop ffffffff refused"),
                told);
    }

    @Test
    void theQueueIsPausedAndGoesOn() throws Exception {
        QueueCommands queue = new QueueCommands(scheduler, audit);

        assertEquals("The queue is paused.", queue.pause());
        assertTrue(scheduler.queueDisabled);
        assertEquals("The queue is paused. 0 wait.\nNo jobs.", queue.show(20));
        queue.resume();
        assertEquals("0 wait.\nNo jobs.", queue.show(20));
    }

    @Test
    void schedulesAreShownPausedResumedRunAndRemoved() throws Exception {
        FakeSchedules schedules = new FakeSchedules();
        ScheduleCommands schedule = new ScheduleCommands(schedules, audit);
        assertEquals("No schedules.", schedule.list(100).toString());
        schedules
                .put(new ScheduleRequest(
                        "nightly", Timing.every(Duration.ofSeconds(90)), HELLO, Overlap.SKIP, Missed.ONCE, false))
                .toCompletableFuture()
                .join();
        String reason = "The job before it has not ended, so none was started at this time.";
        schedules.fire("nightly", new Fire(Jobs.CREATED, Jobs.CREATED, null, FireOutcome.SKIPPED_OVERLAP, reason));

        assertEquals("nightly", schedule.list(100).rows().get(0).get(0));
        String shown = schedule.show("nightly").toString();
        assertTrue(shown.contains("every    90s") && shown.contains("task     hello {name=World}"), shown);
        assertEquals(
                "skipped_overlap", schedule.history(20, "nightly").rows().get(0).get(1));
        assertFits(schedule.list(100));
        assertFits(shown);
        assertFits(schedule.history(20, "nightly"));
        assertEquals(3, schedule.next(2, "nightly").lines().count());

        assertEquals("Schedule nightly is paused.", schedule.pause("nightly"));
        assertEquals("paused", schedule.list(100).rows().get(0).get(1));
        assertTrue(schedule.resume("nightly").startsWith("Schedule nightly is resumed; next: 2026-01-01 "));
        assertEquals(schedule.run("nightly"), schedules.runs.get(0).id().toString());
        assertEquals("Schedule nightly is removed.", schedule.rm("nightly"));
        assertEquals(
                List.of("schedule.pause", "schedule.resume", "schedule.run", "schedule.remove"),
                log.entries().stream().map(AuditEntry::action).toList());
        assertRefused(
                "There is no schedule \"nightly\". `pawl schedule list` lists the schedules.",
                () -> schedule.run("nightly"));
        assertRefused("-n is 0; it takes 1 to 1000.", () -> schedule.list(0));
        assertRefused("-n is 1001; it takes 1 to 1000.", () -> schedule.history(1_001, "nightly"));
    }

    @Test
    void workersAreListed() throws Exception {
        FakeWorkers workers = new FakeWorkers();
        Instant now = Jobs.CREATED;
        workers.beat(
                "w-1",
                new Heartbeat(WorkerStatus.IN_PROGRESS, now, "alpha", "0.1.0", "hello", null, null, 40.7, Map.of()));
        workers.beat("w-2", Heartbeat.withoutJob(WorkerStatus.IDLE, now, "beta", "0.1.0"));
        workers.disable("w-2", true);

        List<List<String>> rows =
                new WorkerCommands(workers, scheduler, audit).list().rows();

        assertEquals(List.of("w-1", "alpha", "in_progress", "0.1.0", "hello", "40 %"), rows.get(0));
        assertEquals("disabled", rows.get(1).get(2));
    }

    @Test
    void aVersionThatIsHeldIsPromoted() throws Exception {
        assertEquals("dev.pawl.hello 1.2.2 -> 1.2.3 goes on to the other servers.", module.promote("hello"));
        assertEquals("promote hello", deployer.last().what());
    }

    @Test
    void aServerIsDrainedAndTakenBack() throws Exception {
        FakeWorkers workers = new FakeWorkers();
        WorkerCommands worker = new WorkerCommands(workers, scheduler, audit);
        workers.beat("w-1", Heartbeat.withoutJob(WorkerStatus.IDLE, Jobs.CREATED, "alpha", "0.1.0"));

        String said = worker.drain("2m", "w-1");

        assertTrue(said.contains("takes no jobs until worker:undrain w-1"), said);
        assertEquals(Map.of("w-1", Duration.ofMinutes(2)), workers.drains);
        assertEquals("draining", worker.list().rows().get(0).get(2));
        assertEquals("Server w-1 takes jobs again.", worker.undrain("w-1"));
        assertEquals(Map.of(), workers.drains);
        worker.drain("30s");
        assertEquals(Map.of(scheduler.status().workerId(), Duration.ofSeconds(30)), workers.drains, "this one");
        assertRefused(
                "--drain-timeout is \"soon\"; it takes a time such as 30s or 2m.", () -> worker.drain("soon", "w-1"));
        assertEquals(
                List.of("worker.change", "worker.change", "worker.change"),
                log.entries().stream().map(AuditEntry::action).toList());
    }

    @Test
    void documentsAreKeptReadAndDeleted() throws Exception {
        data.put("hello", "words", "{\"a\": [1]}");

        assertEquals("{\"a\": [1]}", data.get("hello", "words"));
        assertEquals(List.of("words"), data.names("hello"));
        assertEquals("Deleted words of hello.", data.rm("hello", "words"));
        String absent = "There is no document words. `pawl data put` stores a document.";
        assertRefused(absent, () -> data.get("hello", "words"));
        assertRefused(absent, () -> data.rm("hello", "words"));
    }

    @Test
    void theWidestColumnGivesWayFirst() {
        Table table = new Table("", Column.cut("A"), Column.cut("B")).row("a".repeat(20), "b".repeat(100));

        assertEquals(
                "a".repeat(20) + "  " + "b".repeat(57) + "…",
                table.toString().lines().toList().get(1));
    }
}
