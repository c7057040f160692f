package dev.pawl.scheduler;

import dev.pawl.service.job.After;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobResult;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.JobStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Model of the jobs in a simulation: conditions that must hold after every transaction, derived independently of the scheduler. */
final class SimulatedModel {

    /** The allowed moves, deliberately written a second time. */
    private static final Map<JobStatus, Set<JobStatus>> MOVES = Map.of(
            JobStatus.PENDING, Set.of(JobStatus.RUNNING, JobStatus.STOPPED, JobStatus.FAILED),
            JobStatus.RUNNING, Set.of(JobStatus.PENDING, JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.STOPPED),
            JobStatus.COMPLETED, Set.of(),
            JobStatus.FAILED, Set.of(),
            JobStatus.STOPPED, Set.of());

    private static final int ALL_AFTER = 8;

    private final JobStore store;
    private final int slots;
    private final Map<String, Integer> limits;
    private final Map<UUID, Known> jobs = new LinkedHashMap<>();
    private int narrowChecks;

    /** A job as it was after the last transaction. */
    private static final class Known {
        private final List<Map<String, Object>> tasks = new ArrayList<>();
        private final Map<Integer, Integer> saved = new HashMap<>();
        private Job job;
        private long finalResults;
        private boolean stopAcknowledged;
    }

    SimulatedModel(JobStore store, int slots, Map<String, Integer> limits) {
        this.store = store;
        this.slots = slots;
        this.limits = limits;
    }

    /** A job is on disk. */
    void added(Job job) {
        Known known = new Known();
        job.request().tasks().forEach(task -> known.tasks.add(task.inputs()));
        known.job = job;
        if (jobs.put(job.id(), known) != null) {
            throw new AssertionError("There were two jobs " + job.id());
        }
    }

    /** A client got the answer that the job is stopped. */
    void stopAcknowledged(UUID job) {
        jobs.get(job).stopAcknowledged = true;
    }

    /** A task begins at the checkpoint that it was given. */
    synchronized void begins(String job, long epoch, int task, int done) {
        Known known = jobs.get(UUID.fromString(job));
        int saved = known.saved.getOrDefault(task, 0);
        check(
                done >= saved,
                known,
                () -> "run " + epoch + " begins task " + task + " at " + done + ", and " + saved + " was saved");
        Job now = store.find(known.job.id()).orElseThrow();
        check(
                now.state().epoch() == epoch && now.state().taskIndex() == task,
                known,
                () -> "run " + epoch + " begins task " + task + " while the store has " + now.state());
    }

    /** A checkpoint returned. */
    synchronized void saved(String job, long epoch, int task, int step) {
        Known known = jobs.get(UUID.fromString(job));
        Job now = store.find(known.job.id()).orElseThrow();
        check(
                now.state().epoch() == epoch,
                known,
                () -> "a checkpoint of run " + epoch + " was taken by run "
                        + now.state().epoch());
        check(
                !now.state().status().isFinal()
                        && now.state().taskIndex() == task
                        && Integer.valueOf(step).equals(now.state().checkpoint().get("done")),
                known,
                () -> "step " + step + " of task " + task + " was saved, and the store has " + now.state());
        known.saved.put(task, step);
    }

    /** Checks all jobs, also those that must not change any more. */
    void checkAll() {
        jobs.values().forEach(known -> check(known, false));
    }

    /**
     * Checks all jobs that may have changed, and the limits.
     *
     * @param only the one job that the transaction was about; null when it was about several. The other jobs are still checked every
     *     few transactions.
     * @param claimed the jobs that the transaction claimed
     */
    void check(UUID only, Set<UUID> claimed) {
        boolean all = only == null || ++narrowChecks % ALL_AFTER == 0;
        int running = 0;
        Map<String, Integer> byModule = new HashMap<>();
        for (Known known : jobs.values()) {
            if (!known.job.state().status().isFinal()
                    && (all || known.job.id().equals(only) || claimed.contains(known.job.id()))) {
                check(known, claimed.contains(known.job.id()));
            }
            if (known.job.state().status() == JobStatus.RUNNING) {
                running++;
                Set<String> modules = new HashSet<>();
                known.job.request().tasks().forEach(task -> modules.add(task.module()));
                modules.forEach(module -> byModule.merge(module, 1, Integer::sum));
            }
        }
        if (running > slots) {
            throw new AssertionError(running + " jobs run in " + slots + " slots");
        }
        limits.forEach((module, limit) -> {
            if (byModule.getOrDefault(module, 0) > limit) {
                throw new AssertionError(byModule.get(module) + " jobs of " + module + " run, and " + limit + " may");
            }
        });
    }

    /** The jobs that have not ended. */
    List<UUID> live() {
        return jobs.values().stream()
                .filter(known -> !known.job.state().status().isFinal())
                .map(known -> known.job.id())
                .toList();
    }

    /** Checks, when everything is over, that each job ended in an allowed way. */
    void checkEnd(int deaths) {
        checkAll();
        for (Known known : jobs.values()) {
            JobStatus status = known.job.state().status();
            check(status.isFinal(), known, () -> "it never ended");
            check(!known.stopAcknowledged || status == JobStatus.STOPPED, known, () -> "its stop was acknowledged");
            if (status == JobStatus.FAILED) {
                String message = known.job.state().failure().message();
                check(
                        message.startsWith("Fails at step")
                                || (deaths >= 3 && message.startsWith("The server ended"))
                                || message.startsWith("cleanup did not end")
                                || message.startsWith("Cleanup was interrupted")
                                || (message.startsWith("It waited for") && !mayStart(known.job)),
                        known,
                        () -> "it failed: " + message);
            }
        }
    }

    /** Whether the jobs for which one waits have ended as it wants. */
    private boolean mayStart(Job job) {
        return job.request().after().ids().stream()
                .map(other -> store.find(other).orElseThrow().state().status())
                .allMatch(status -> job.request().after().on() == After.On.ENDED
                        ? status.isFinal()
                        : status == JobStatus.COMPLETED);
    }

    private void check(Known known, boolean wasClaimed) {
        Job before = known.job;
        Job now = store.find(before.id()).orElseThrow(() -> new AssertionError("Job " + before.id() + " is lost"));
        JobStatus from = before.state().status();
        JobStatus to = now.state().status();
        check(from == to || MOVES.get(from).contains(to), known, () -> "it went from " + from + " to " + to);
        check(!from.isFinal() || now.equals(before), known, () -> "it was over and changed to " + now.state());
        boolean claimed = wasClaimed || (from == JobStatus.PENDING && to == JobStatus.RUNNING);
        check(!wasClaimed || to == JobStatus.RUNNING, known, () -> "it was claimed and is " + to);
        check(!claimed || mayStart(now), known, () -> "it was claimed before the jobs had ended for which it waits");
        check(
                now.state().epoch() == before.state().epoch() + (claimed ? 1 : 0),
                known,
                () -> "run " + before.state().epoch() + " became run "
                        + now.state().epoch() + " as it went from " + from + " to " + to);
        known.job = now;
        checkResults(known);
    }

    private void checkResults(Known known) {
        List<JobResult> results = store.results(known.job.id(), 0, 1_000).results();
        List<String> expected = expected(known);
        check(results.size() <= expected.size(), known, () -> "it has the results " + results);
        for (int n = 0; n < results.size(); n++) {
            JobResult result = results.get(n);
            check(
                    result.sequence() == n + 1 && result.json().equals(expected.get(n)),
                    known,
                    () -> "this result is out of place: " + result);
            check(
                    result.tentative() || n == 0 || !results.get(n - 1).tentative(),
                    known,
                    () -> "a final result comes after a tentative one: " + result);
        }
        long finals = results.stream().filter(result -> !result.tentative()).count();
        JobStatus status = known.job.state().status();
        check(
                finals >= known.finalResults,
                known,
                () -> known.finalResults + " results were final and " + finals + " are");
        check(
                status == JobStatus.RUNNING || finals == results.size(),
                known,
                () -> "it is " + status + " and has tentative results");
        check(
                status != JobStatus.COMPLETED || finals == expected.size(),
                known,
                () -> "it completed with " + finals + " results of " + expected.size());
        long saved = status.isFinal() ? finals : savedResults(known);
        check(
                finals == saved,
                known,
                () -> "its checkpoint stands after " + saved + " results, and " + finals + " are final");
        known.finalResults = finals;
    }

    /** Number of results at the job's last checkpoint, according to its content. */
    private static long savedResults(Known known) {
        long saved = 0;
        for (int task = 0; task < known.job.state().taskIndex(); task++) {
            saved += steps(known, task);
        }
        return saved + (Integer) known.job.state().checkpoint().getOrDefault("done", 0);
    }

    private static List<String> expected(Known known) {
        List<String> expected = new ArrayList<>();
        for (int task = 0; task < known.tasks.size(); task++) {
            for (int step = 1; step <= steps(known, task); step++) {
                expected.add("{\"task\":" + task + ",\"step\":" + step + "}");
            }
        }
        return expected;
    }

    private static int steps(Known known, int task) {
        return (Integer) known.tasks.get(task).get("steps");
    }

    /** Fails with a sentence that is built only when needed, since each transaction is followed by dozens of checks. */
    private static void check(boolean right, Known known, Supplier<String> sentence) {
        if (!right) {
            throw new AssertionError("Job " + known.job.id() + " " + known.tasks + ": " + sentence.get());
        }
    }
}
