package dev.pawl.http.fake;

import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.BackupReport;
import dev.pawl.service.store.CheckReport;
import dev.pawl.service.store.PurgeReport;
import dev.pawl.service.store.PurgeRequest;
import dev.pawl.service.store.StoreUpkeep;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Upkeep of a store without defects. */
public final class SoundStore implements StoreUpkeep {

    @Override
    public PurgeReport purge(PurgeRequest request) {
        return new PurgeReport(Map.of(JobStatus.COMPLETED, 2L));
    }

    @Override
    public BackupReport backup(Path file, boolean replace) {
        return new BackupReport(file, 1_000, 3);
    }

    @Override
    public Optional<String> trouble() {
        return Optional.empty();
    }

    @Override
    public CheckReport check() {
        return new CheckReport(5, List.of("A job has no task."));
    }
}
