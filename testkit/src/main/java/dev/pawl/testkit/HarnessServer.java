package dev.pawl.testkit;

import dev.pawl.api.module.Role;
import dev.pawl.scheduler.artifact.ArtifactKeeper;
import dev.pawl.scheduler.artifact.ArtifactParts;
import dev.pawl.scheduler.files.FileRoots;
import dev.pawl.scheduler.files.ReservedPlaces;
import dev.pawl.scheduler.job.RequestValidation;
import dev.pawl.scheduler.queue.SecretNames;
import dev.pawl.scheduler.run.AbandonedThreads;
import dev.pawl.scheduler.run.JobLog;
import dev.pawl.scheduler.run.JobRun;
import dev.pawl.scheduler.run.LingeringThreads;
import dev.pawl.scheduler.run.ModuleThreads;
import dev.pawl.scheduler.run.RunEvents;
import dev.pawl.scheduler.run.RunFactory;
import dev.pawl.scheduler.run.RunLimits;
import dev.pawl.scheduler.run.RunTiming;
import dev.pawl.scheduler.run.TaskResources;
import dev.pawl.scheduler.run.TaskServices;
import dev.pawl.scheduler.run.WorkDirs;
import dev.pawl.scheduler.thread.LeakedThreads;
import dev.pawl.scheduler.trace.RunTraces;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ArtifactStore;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.service.trace.PhaseTime;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The parts of a server for a run in a harness; the ones that call the module are those of a real server. */
final class HarnessServer {

    private static final Duration FOREVER = Duration.ofDays(1);
    private static final Path NOWHERE = Path.of("dev.pawl.testkit", "nowhere").toAbsolutePath();

    private final HarnessJob job;
    private final HarnessSubject subject;
    private final HarnessScript script;
    private final List<Path> roots;
    private final JobRequest request;

    HarnessServer(HarnessJob job, HarnessSubject subject, HarnessScript script, List<Path> roots) {
        this.job = job;
        this.subject = subject;
        this.script = script;
        this.roots = roots;
        boolean declared = subject.isDeclared(); // other modules name their inputs only in their code
        this.request = JobRequest.builder(List.of(new Task(subject.id(), declared ? job.inputs() : Map.of())))
                .settings(subject.jobsSettings())
                .role(Role.ADMIN)
                .build();
    }

    /**
     * Checks the request as a server does before it adds a job; throws a {@link dev.pawl.service.problem.ProblemException} when it is
     * refused.
     */
    void check() {
        HarnessModules modules = new HarnessModules(subject);
        SecretNames secrets = new SecretNames(job.documents(), job.secrets());
        new RequestValidation(modules, modules, modules, secrets).check(request, true);
    }

    /** Runs the job on the calling thread. */
    void run() {
        JobRun run = runs().create(job.claimed(request), List.of(subject));
        script.begins(run);
        run.run();
    }

    private RunFactory runs() {
        RunLimits limits = new RunLimits(FOREVER, FOREVER, FOREVER, FOREVER);
        LeakedThreads leaked = new ModuleThreads(1).leakedThreads();
        return new RunFactory(
                store(),
                new RunTiming(InstantSource.fixed(HarnessJob.START), () -> 0, new HarnessTimers(), limits),
                new TaskServices(new HarnessModules(subject), job.secrets(), new JobLog(), leaked),
                new TaskResources(
                        job.documents(),
                        new FileRoots(roots, new ReservedPlaces(List.of(), NOWHERE), module -> Map.of()),
                        new WorkDirs(NOWHERE, false),
                        artifacts(),
                        new RunTraces()),
                new LingeringThreads(leaked, new AbandonedThreads()),
                new NoEvents());
    }

    /** A store that supports only the writes of a run. */
    private JobStore store() {
        return (JobStore) Proxy.newProxyInstance(
                JobStore.class.getClassLoader(), new Class<?>[] {JobStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("write")) {
                        return job.write((RunWrite) arguments[0]);
                    }
                    throw new UnsupportedOperationException("The harness has one job and no queue: " + method);
                });
    }

    /** Artifacts of no job: its work folder is the test's own, and {@link HarnessArtifacts} looks into it. */
    private ArtifactKeeper artifacts() {
        ArtifactStore records = (ArtifactStore) Proxy.newProxyInstance(
                ArtifactStore.class.getClassLoader(), new Class<?>[] {ArtifactStore.class}, (proxy, method, all) -> {
                    throw new UnsupportedOperationException("The harness has no records of artifacts: " + method);
                });
        return ArtifactParts.in(NOWHERE, store(), records, InstantSource.fixed(HarnessJob.START), 0)
                .keeper();
    }

    /** Ignores events, since nothing listens. */
    private static final class NoEvents implements RunEvents {
        @Override
        public void began(Job job) {}

        @Override
        public void saved(int lines, int results, boolean checkpoint) {}

        @Override
        public void moved(Job job, RunMove move, long ranNs, List<PhaseTime> phases) {}

        @Override
        public void taskDone(RunId run) {}

        @Override
        public void written(UUID written) {}

        @Override
        public void ended(RunId run, boolean waits) {}
    }
}
