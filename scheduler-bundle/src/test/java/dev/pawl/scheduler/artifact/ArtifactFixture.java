package dev.pawl.scheduler.artifact;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.store.sqlite.SqliteArtifacts;
import dev.pawl.store.sqlite.SqliteStore;
import dev.pawl.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A store, the parts that deal with artifacts, and jobs with work folders. */
final class ArtifactFixture implements AutoCloseable {

    final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");
    final Path root;
    final SqliteStore jobs;
    final SqliteArtifacts records;
    private final Path dir;
    private final long mostBytes;

    ArtifactFixture(Path dir, long mostBytes) {
        this.dir = dir;
        this.root = dir.resolve("job-artifacts");
        this.mostBytes = mostBytes;
        this.jobs = SqliteStore.open(dir.resolve("pawl.db"), clock);
        this.records = new SqliteArtifacts(jobs);
    }

    /** The parts as a process begins with them. */
    ArtifactParts parts() {
        return ArtifactParts.in(root, jobs, records, clock, mostBytes);
    }

    /** A job of two tasks that runs. */
    Job running() {
        clock.advance(Duration.ofSeconds(1));
        var request = JobRequest.builder(List.of(new Task("m", Map.of()), new Task("m", Map.of())))
                .build();
        jobs.add(List.of(new NewJob(UUID.randomUUID(), request, clock.instant())))
                .toCompletableFuture()
                .join();
        return claimed();
    }

    Job claimed() {
        return jobs.claim(new ClaimRequest("here", 1, 100, null, Map.of(), clock.instant(), null))
                .toCompletableFuture()
                .join()
                .get(0);
    }

    /** A job that has ended with these artifacts. */
    Job ended(String... nameAndText) throws Exception {
        Job job = running();
        for (int i = 0; i < nameAndText.length; i += 2) {
            leave(job, nameAndText[i], nameAndText[i + 1]);
        }
        end(job, take(job).artifacts());
        return found(job);
    }

    ArtifactKeeper.Taken take(Job job) throws Exception {
        return parts().keeper().ofTask(job, 0, work(job), () -> false);
    }

    void end(Job job, List<JobArtifact> artifacts) {
        write(job, new RunMove.Completed(clock.instant()), artifacts);
    }

    void write(Job job, RunMove move, List<JobArtifact> artifacts) {
        RunWrite write = RunWrite.of(new RunId(job.id(), job.state().epoch()), 0)
                .withMove(move)
                .withArtifacts(artifacts);
        jobs.write(write).toCompletableFuture().join();
    }

    Job found(Job job) {
        return jobs.find(job.id()).orElseThrow();
    }

    Path work(Job job) {
        return dir.resolve("work").resolve(job.id().toString());
    }

    Path artifacts(Job job) throws IOException {
        return Files.createDirectories(work(job).resolve("artifacts"));
    }

    Path leave(Job job, String name, String text) throws IOException {
        Path file = artifacts(job).resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    List<String> paths(Job job) {
        return records.list(job.id(), "", 100).stream().map(JobArtifact::path).toList();
    }

    /** The number of files that the server has for a job. */
    long files(Job job) throws IOException {
        Path folder = root.resolve(job.id().toString());
        if (!Files.exists(folder)) {
            return 0;
        }
        try (var files = Files.list(folder)) {
            return files.count();
        }
    }

    @Override
    public void close() {
        jobs.close();
    }
}
