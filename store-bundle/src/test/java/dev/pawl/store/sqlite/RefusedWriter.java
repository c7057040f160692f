package dev.pawl.store.sqlite;

import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.NewJob;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/** A process that adds jobs until the store refuses one, prints which one that was, and dies without closing anything. */
final class RefusedWriter {

    private RefusedWriter() {}

    /** Runs on the database file named by its only argument. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        SqliteStore store = new SqliteStore(Path.of(args[0]), Instant::now);
        Map<String, Object> inputs = Map.of("text", "x".repeat(10_000));
        while (true) {
            UUID id = UUID.randomUUID();
            JobRequest request =
                    JobRequest.builder(List.of(new Task("any", inputs))).build();
            try {
                store.add(List.of(new NewJob(id, request, Instant.now())))
                        .toCompletableFuture()
                        .join();
            } catch (CompletionException refused) {
                out.println(id);
                Runtime.getRuntime().halt(0);
            }
        }
    }
}
