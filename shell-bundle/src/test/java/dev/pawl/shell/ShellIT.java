package dev.pawl.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.data.Documents;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployer;
import dev.pawl.service.job.JobQueue;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.Overlap;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Schedules;
import dev.pawl.service.schedule.Timing;
import dev.pawl.service.shell.CommandShell;
import dev.pawl.service.shell.ShellAnswer;
import dev.pawl.service.shell.ShellWord;
import dev.pawl.service.store.StoreServer;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.WorkerStatus;
import dev.pawl.service.worker.Workers;
import dev.pawl.testkit.HelloCatalog;
import dev.pawl.testkit.MemoryDocuments;
import dev.pawl.testkit.RecordingDeployer;
import dev.pawl.testkit.RecordingDeployer.Asked;
import dev.pawl.testkit.ServicePackages;
import dev.pawl.testkit.fake.FakeScheduler;
import dev.pawl.testkit.fake.FakeSchedules;
import dev.pawl.testkit.fake.FakeWorkers;
import dev.pawl.testkit.fake.Jobs;
import dev.pawl.testkit.fake.MemoryAuditLog;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** The built bundle in a real framework with a real Gogo: typed lines and their output. */
class ShellIT {
    @TempDir
    private Path cache;

    private final FakeScheduler scheduler = new FakeScheduler();
    private final FakeSchedules schedules = new FakeSchedules();
    private final FakeWorkers workers = new FakeWorkers();
    private final RecordingDeployer deployer = new RecordingDeployer();
    private Framework framework;

    @BeforeEach
    void start() throws Exception {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        cache.toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        ServicePackages.exported()));
        framework.start();
        BundleContext context = framework.getBundleContext();
        context.registerService(Scheduler.class, scheduler, null);
        context.registerService(JobQueue.class, scheduler, null);
        context.registerService(ModuleCatalog.class, new HelloCatalog(), null);
        workers.beat("w-1", Heartbeat.withoutJob(WorkerStatus.IDLE, Jobs.CREATED, "alpha", "0.1.0"));
        context.registerService(Schedules.class, schedules, null);
        context.registerService(Workers.class, workers, null);
        context.registerService(Documents.class, new MemoryDocuments(), null);
        context.registerService(AuditLog.class, new MemoryAuditLog(), null);
        context.registerService(InstantSource.class, InstantSource.system(), null);
        List<Bundle> bundles = new ArrayList<>();
        for (Path jar : jars()) {
            bundles.add(context.installBundle(jar.toUri().toString()));
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void whatIsTypedIsCarriedOut() throws Exception {
        String id = type("job:run hello name=World count=3");

        assertTrue(type("job:show " + id).contains("inputs      {name=World, count=3}"), type("job:show " + id));
        assertTrue(type("job:list -n 5").startsWith("ID"), type("job:list -n 5"));
        assertEquals("The queue is paused.", type("queue:pause"));
        assertTrue(scheduler.queueDisabled);
        assertEquals("The jobs of module hello are paused.", type("module:pause hello"));
        assertEquals(Set.of("hello"), scheduler.pausedModules);
        assertEquals("The jobs of module hello are resumed.", type("module:resume hello"));
        assertEquals(Set.of(), scheduler.pausedModules);
        assertTrue(type("worker:list").contains("alpha"));
        type("data:put hello words '{\"a\": 1}'");
        assertEquals("{\"a\": 1}", type("data:get hello words"));
    }

    @Test
    void everyCommandIsDescribedByHelp() throws Exception {
        for (String command : List.of(
                "module:list",
                "module:show",
                "module:install",
                "module:update",
                "module:enable",
                "module:disable",
                "module:pause",
                "module:resume",
                "module:uninstall",
                "module:rollback",
                "module:history",
                "job:run",
                "job:list",
                "job:show",
                "job:why",
                "job:logs",
                "job:results",
                "job:resume",
                "job:stop",
                "queue:show",
                "queue:pause",
                "queue:resume",
                "worker:list",
                "worker:drain",
                "worker:undrain",
                "module:promote",
                "schedule:list",
                "schedule:show",
                "schedule:history",
                "schedule:next",
                "schedule:pause",
                "schedule:resume",
                "schedule:run",
                "schedule:rm",
                "data:get",
                "data:put",
                "data:rm")) {
            String help = type("help " + command);
            String described = help.lines().findFirst().orElse("");
            assertTrue(described.contains(" - "), command + " is not described: " + help);
        }
    }

    @Test
    void aRefusalIsOneLineThatSaysWhatToDo() {
        InvocationTargetException refused = assertThrows(InvocationTargetException.class, () -> type("job:show nope"));

        assertEquals(
                "There is no job \"nope\". `pawl jobs` lists the jobs.",
                refused.getCause().getMessage());
    }

    @Test
    void modulesCanBeChangedWhileADeployerIsThere() throws Exception {
        InvocationTargetException without =
                assertThrows(InvocationTargetException.class, () -> type("module:enable hello"));
        assertTrue(without.getCause().getMessage().contains("without deploy-bundle"));

        var registration = framework.getBundleContext().registerService(Deployer.class, deployer, null);
        String forecast = type("module:install --mode finish --dry-run /modules/a.jar");
        assertTrue(forecast.contains("1.2.3 (was 1.2.2)"), forecast);
        assertTrue(forecast.contains("dry run: nothing was changed"), forecast);
        assertFalse(type("module:rollback --mode now hello 1.0.0").contains("dry run"));
        ChangeOptions us = ChangeOptions.by("shell");
        assertEquals(
                List.of(
                        new Asked(
                                "install from /modules/a.jar",
                                us.with(UpdateMode.FINISH).dry(),
                                null),
                        new Asked("rollback hello to 1.0.0", us.with(UpdateMode.NOW), null)),
                deployer.asked());

        assertTrue(type("module:history hello").contains("It does not start."));

        registration.unregister();
        assertThrows(InvocationTargetException.class, () -> type("module:enable hello"));
        assertTrue(type("module:list").contains("hello"));
    }

    @Test
    void linesFromOutsideAreAnsweredInSentences() {
        CommandShell shell = shell();

        assertFalse(shell.run("job:run hello name=World").failed());
        assertTrue(
                shell.run("jobs").output().startsWith("ID"), shell.run("jobs").output());
        assertEquals(new ShellAnswer("", false), shell.run("  "));
        assertEquals(
                new ShellAnswer("There is no job \"nope\". `pawl jobs` lists the jobs.", true),
                shell.run("job:show nope"));
        assertEquals(
                new ShellAnswer("There is no command \"foo\". `help` lists the commands.", true), shell.run("foo"));
        assertEquals(
                new ShellAnswer(
                        "There is no command \"job:lst\". Did you mean job:list? `help` lists the commands.", true),
                shell.run("job:lst"));
        assertEquals(
                new ShellAnswer("The arguments do not fit. job:show ID: shows one job in full.", true),
                shell.run("job:show"));
        assertTrue(shell.run("exit").output().contains("the server goes on"));
        for (String line :
                List.of("job:show", "job:list -n x", "foo:bar", "((", "each [1 2] {", "throw x", "module:show")) {
            ShellAnswer answer = shell.run(line);
            assertTrue(answer.failed(), line);
            assertFalse(answer.output().contains("org.apache"), line + " → " + answer.output());
        }
    }

    @Test
    void helpIsInGroupsAndTheFrameworksCommandsBehindAll() {
        String help = shell().run("help").output();

        assertTrue(help.startsWith("Jobs:\n"), help);
        assertTrue(help.contains("  job:list          lists jobs, newest first\n"), help);
        assertFalse(help.contains("felix:"), help);
        help.lines().forEach(line -> assertTrue(line.length() <= 140, line));
        assertTrue(shell().run("help --all").output().contains("felix:lb"));
        assertEquals(shell().run("help"), shell().run("?"));
        String logs =
                "job:logs [-n LIMIT] ID\n  shows the end of a job's log\n  [-n LIMIT]  how many entries at most, 1 to 10000\n"
                        + "  ID  its id, or the first 8 or more characters";
        assertEquals(logs, shell().run("help job:logs").output());
        assertEquals(logs, shell().run("job:logs --help").output());
        assertTrue(shell().run("help job").output().startsWith("Jobs:\n"));
        assertTrue(shell().run("help nothing").failed());
    }

    @Test
    void theFrameworksInstallDoesNotGoPastTheRecords() {
        int before = framework.getBundleContext().getBundles().length;
        for (String line :
                List.of("install file:/tmp/my.jar", "felix:install file:/tmp/my.jar", "update 3", "uninstall 3")) {
            ShellAnswer answer = shell().run(line);
            assertTrue(answer.failed(), line);
            assertTrue(answer.output().contains("is the one for modules"), answer.output());
        }
        assertEquals(before, framework.getBundleContext().getBundles().length);
    }

    @Test
    void commandsIdsAndInputsAreCompleted() {
        String id = shell().run("job:run hello name=World").output();

        assertEquals(List.of("job:list", "job:logs"), words("job:l"));
        assertEquals(List.of(id), words("job:show "));
        assertEquals(List.of(id), words("logs " + id.substring(0, 3)));
        assertEquals(List.of("hello"), words("job:run "));
        assertTrue(words("job:run hello na").contains("name="));
        assertEquals(List.of(), words("job:run nowhere na"));
    }

    @Test
    void idsOfServersAreCompletedWhereTheyAreDrainedAndTakenBack() {
        String own = scheduler.status().workerId();
        for (String id : List.of(own, "server-2")) {
            workers.beat(id, Heartbeat.withoutJob(WorkerStatus.IDLE, Jobs.CREATED, "beta", "0.1.0"));
        }
        workers.servers.put(
                "server-2",
                new StoreServer("beta", false, "0.1.0", Jobs.CREATED, 16, 0, Duration.ofSeconds(1), List.of()));

        assertEquals(Set.of(own, "server-2"), Set.copyOf(words("worker:drain ")), "w-1 is a program that polls");
        assertEquals(List.of("server-2"), words("worker:drain --drain-timeout 2m server-"));
        assertEquals(List.of(new ShellWord("server-2", "beta")), shell().complete("worker:drain server-2"));
        assertEquals(List.of(), words("worker:undrain "));
        shell().run("worker:drain server-2");
        assertEquals(List.of("server-2"), words("worker:undrain "));
    }

    @Test
    void schedulesAreSteeredByTheirNamesWhichAreCompleted() {
        schedules
                .put(new ScheduleRequest(
                        "nightly", Timing.cron("@daily"), Jobs.request("hello"), Overlap.SKIP, Missed.ONCE, false))
                .toCompletableFuture()
                .join();

        assertTrue(shell().run("schedules").output().contains("nightly"));
        assertTrue(shell().run("schedule nightly").output().contains("At @daily"));
        assertEquals(
                "Schedule nightly is paused.",
                shell().run("schedule:pause nightly").output());
        assertTrue(schedules.get("nightly").request().paused());
        assertFalse(shell().run("schedule:history -n 5 nightly").failed());
        assertEquals(List.of("nightly"), words("schedule:run n"));
        assertEquals(List.of("nightly"), words("schedule "));
    }

    private List<String> words(String line) {
        return shell().complete(line).stream().map(ShellWord::word).toList();
    }

    private CommandShell shell() {
        BundleContext context = framework.getBundleContext();
        return context.getService(context.getServiceReference(CommandShell.class));
    }

    /** Returns the shell's output for a line; uses reflection, since the bundle's Gogo is not the one on this class path. */
    private String type(String line) throws Exception {
        BundleContext context = framework.getBundleContext();
        ServiceReference<?>[] references =
                context.getAllServiceReferences("org.apache.felix.service.command.CommandProcessor", null);
        Object processor = context.getService(references[0]);
        Class<?> processorType = type(processor, "org.apache.felix.service.command.CommandProcessor");
        Class<?> sessionType = type(processor, "org.apache.felix.service.command.CommandSession");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Object session = processorType
                .getMethod("createSession", InputStream.class, OutputStream.class, OutputStream.class)
                .invoke(processor, InputStream.nullInputStream(), out, out);
        Object result = sessionType.getMethod("execute", CharSequence.class).invoke(session, line);
        Object shown = result == null
                ? ""
                : sessionType.getMethod("format", Object.class, int.class).invoke(session, result, 0);
        sessionType.getMethod("close").invoke(session);
        return out.toString(StandardCharsets.UTF_8) + shown;
    }

    private static Class<?> type(Object processor, String name) throws ClassNotFoundException {
        return processor.getClass().getClassLoader().loadClass(name);
    }

    private static List<Path> jars() throws Exception {
        List<Path> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("pawl.test.bundles")))) {
            files.sorted().forEach(jars::add);
        }
        jars.add(Path.of(System.getProperty("pawl.test.bundle")));
        return jars;
    }
}
