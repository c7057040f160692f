package dev.pawl.store.sqlite;

import dev.pawl.service.metric.Label;
import dev.pawl.service.metric.MetricSink;
import dev.pawl.service.metric.MetricSource;
import dev.pawl.store.kit.CommitMeasures;
import dev.pawl.store.kit.DiskSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The measurements of the {@link SqliteStore}. Reads memory and the sizes of files, never the database. */
@Component(service = MetricSource.class)
public final class SqliteMetrics implements MetricSource {

    private final SqliteStore store;

    @Activate
    public SqliteMetrics(@Reference SqliteStore store) {
        this.store = store;
    }

    @Override
    public void collect(MetricSink sink) {
        commits(sink);
        jobs(sink);
        files(sink);
    }

    private void commits(MetricSink sink) {
        CommitMeasures measures = store.writer().measures();
        sink.gauge(
                "pawl_store_up",
                "Whether the store took its last write.",
                store.writer().trouble().isEmpty() ? 1 : 0);
        sink.histogram(
                "pawl_store_commit_duration_seconds",
                "Time of a group commit, from its first write until it was on disk.",
                measures.times());
        sink.histogram("pawl_store_commit_writes", "Writes that shared a group commit.", measures.sizes());
        sink.counter(
                "pawl_store_commit_failures_total", "Group commits that could not be written.", measures.failures());
    }

    private void jobs(MetricSink sink) {
        store.live()
                .counts()
                .known()
                .forEach((status, jobs) -> sink.gauge(
                        "pawl_jobs", "Jobs in the store by status.", jobs, new Label("status", status.wireName())));
    }

    private void files(MetricSink sink) {
        Path file = store.databaseFile();
        sink.gauge("pawl_store_file_bytes", "Size of the store's file.", size(file));
        sink.gauge(
                "pawl_store_wal_bytes",
                "Size of the store's write-ahead log.",
                size(file.resolveSibling(file.getFileName() + "-wal")));
        DiskSpace.report(sink, store.dataDir());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException absent) { // such as a log that was moved to the database
            return 0;
        }
    }
}
