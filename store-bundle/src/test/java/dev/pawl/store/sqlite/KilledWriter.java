package dev.pawl.store.sqlite;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.service.store.RunWrite.TaskChange;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** A process that works through jobs until it is killed, and prints what the store has acknowledged. */
final class KilledWriter {

    static final int RESULTS = 3;
    private static final int AT_ONCE = 20;

    private final SqliteStore store;
    private final PrintStream acknowledged =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private KilledWriter(SqliteStore store) {
        this.store = store;
    }

    /** Runs until it is killed, on the database file named by its only argument. */
    public static void main(String[] args) {
        SqliteStore store = new SqliteStore(Path.of(args[0]), InstantSource.system());
        new KilledWriter(store).work();
    }

    private void work() {
        store.recover(1_000, now()).toCompletableFuture().join();
        while (true) {
            List<NewJob> jobs = new ArrayList<>();
            for (int n = 0; n < AT_ONCE; n++) {
                JobRequest request =
                        JobRequest.builder(List.of(new Task("count", Map.of()))).build();
                jobs.add(new NewJob(UUID.randomUUID(), request, now()));
            }
            store.add(jobs)
                    .thenAccept(added -> added.forEach(job -> say("added", job, 0)))
                    .toCompletableFuture()
                    .join();
            ClaimRequest claim = new ClaimRequest("killed", AT_ONCE, 1_000, null, Map.of(), now(), null);
            List<CompletionStage<Void>> ends = new ArrayList<>();
            for (Job job : store.claim(claim).toCompletableFuture().join()) {
                ends.add(run(job));
            }
            ends.forEach(end -> end.toCompletableFuture().join());
        }
    }

    private CompletionStage<Void> run(Job job) {
        int from = (Integer) job.state().checkpoint().getOrDefault("counted", 0);
        for (int n = from + 1; n <= RESULTS; n++) {
            int counted = n;
            RunWrite write = write(job, n)
                    .withResults(List.of(new RunWrite.Emitted(now(), "{\"n\":" + n + "}")))
                    .withTask(TaskChange.NONE.withCheckpoint(Map.of("counted", n)));
            store.write(write).thenAccept(written -> say("counted", job, counted));
        }
        return store.write(write(job, 0).withMove(new RunMove.Completed(now())))
                .thenAccept(written -> say("completed", job, RESULTS));
    }

    private static RunWrite write(Job job, int result) {
        return RunWrite.of(new RunId(job.id(), job.state().epoch()), 0)
                .withLines(List.of(new RunWrite.Line(now(), LogLevel.INFO, "line " + result)));
    }

    /** Prints a line that ends with a full stop, which distinguishes it from one that was cut off. */
    private void say(String what, Job job, int n) {
        acknowledged.println(what + " " + job.id() + " " + n + " .");
    }

    private static Instant now() {
        return InstantSource.system().instant();
    }
}
