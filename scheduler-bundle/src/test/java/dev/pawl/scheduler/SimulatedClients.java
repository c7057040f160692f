package dev.pawl.scheduler;

import dev.pawl.scheduler.job.DrainService;
import dev.pawl.scheduler.job.JobScheduler;
import dev.pawl.scheduler.run.EndCause;
import dev.pawl.scheduler.run.JobRun;
import dev.pawl.service.job.After;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.RetryPolicy;
import dev.pawl.service.job.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** The callers of a simulated process: clients with jobs, and an operator who updates modules or stops the process. */
final class SimulatedClients {

    private final Random random;
    private final SchedulerParts parts;
    private final SimulatedTimers timers;
    private final SimulatedModel model;
    private final Plan plan;
    private final List<String> events;
    private final JobScheduler scheduler;
    private final DrainService drain;
    private boolean stopping;

    /** A plan that outlives the process: the jobs added so far, in order, and the number of jobs to come. */
    static final class Plan {
        final List<UUID> ids = new ArrayList<>();
        int jobsLeft;
    }

    SimulatedClients(
            Random random,
            SchedulerParts parts,
            SimulatedTimers timers,
            SimulatedModel model,
            Plan plan,
            List<String> events) {
        this.random = random;
        this.parts = parts;
        this.timers = timers;
        this.model = model;
        this.plan = plan;
        this.events = events;
        this.scheduler = parts.scheduler;
        this.drain = parts.moduleDrain;
    }

    /** Whether the process is stopping. */
    boolean areSentAway() {
        return stopping;
    }

    /** Adds the calls that callers may make now. */
    void addTo(List<Runnable> possible) {
        if (plan.jobsLeft > 0) {
            Simulation.add(possible, 3, this::submit);
        }
        if (!model.live().isEmpty() && random.nextInt(12) == 0) {
            Simulation.add(possible, 1, this::stopOne);
        }
        if (random.nextInt(20) == 0) {
            Simulation.add(possible, 1, this::update);
        }
        if (random.nextInt(150) == 0) {
            Simulation.add(possible, 1, this::stopServer);
        }
    }

    private void submit() {
        plan.jobsLeft--;
        events.add("submit");
        var unused = scheduler.start(request()).whenComplete((job, problem) -> {
            events.add(problem == null ? "submitted" : "refused");
        });
    }

    private JobRequest request() {
        List<Task> tasks = new ArrayList<>();
        boolean retried = random.nextInt(4) == 0;
        boolean deaf = random.nextInt(5) == 0;
        for (int n = random.nextInt(3) == 0 ? 2 : 1; n > 0; n--) {
            int steps = random.nextInt(6) + (deaf ? 8 : 0);
            int failAt = steps > 0 && !deaf && (retried || random.nextInt(12) == 0) ? 1 + random.nextInt(steps) : 0;
            tasks.add(new Task(
                    random.nextInt(3) == 0 ? "narrow" : "wide",
                    Map.of(
                            "steps",
                            steps,
                            "every",
                            random.nextInt(4),
                            "fail_at",
                            failAt,
                            "failures",
                            1 + random.nextInt(3),
                            "deaf",
                            deaf)));
        }
        JobRequest.Builder request = JobRequest.builder(tasks).priority(random.nextInt(3));
        if (retried) {
            request.retry(new RetryPolicy(1 + random.nextInt(4), Duration.ofSeconds(30), Duration.ofSeconds(40)));
        }
        if (random.nextInt(10) == 0) {
            request.maxDuration(Duration.ofMillis(400));
        }
        if (!plan.ids.isEmpty() && random.nextInt(3) == 0) {
            request.after(after());
        }
        return request.build();
    }

    /** Waits for one or two of the jobs before, which may have ended. */
    private After after() {
        Set<String> others = new LinkedHashSet<>();
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
            others.add(plan.ids.get(random.nextInt(plan.ids.size())).toString());
        }
        return new After(List.copyOf(others), random.nextBoolean() ? After.On.COMPLETED : After.On.ENDED);
    }

    private void stopOne() {
        List<UUID> live = model.live();
        UUID job = live.get(random.nextInt(live.size()));
        events.add("stop job " + plan.ids.indexOf(job));
        var unused = scheduler.stop(job.toString()).whenComplete((stopped, problem) -> {
            if (problem == null && stopped.state().status() == JobStatus.STOPPED) {
                events.add("stopped job " + plan.ids.indexOf(job));
                model.stopAcknowledged(job);
            }
        });
    }

    /** Drains a module as an update does; it is available again at once. */
    private void update() {
        events.add("update");
        Set<String> module = Set.of(random.nextBoolean() ? "wide" : "narrow");
        parts.controls.hold(module);
        end(parts.runs.using(module), EndCause.MODULE_UPDATE);
        var unused = timers.after(Duration.ofMillis(random.nextInt(500)), () -> drain.release(module));
    }

    private void stopServer() {
        events.add("stop the server");
        stopping = true;
        parts.dispatcher.close();
        end(parts.runs.all(), EndCause.SERVER_STOPPING);
    }

    private void end(Collection<JobRun> runs, EndCause cause) {
        runs.stream()
                .sorted((a, b) -> plan.ids.indexOf(a.job().id())
                        - plan.ids.indexOf(b.job().id()))
                .forEach(run -> run.requestEnd(cause, Simulation.LIMITS.grace()));
    }
}
