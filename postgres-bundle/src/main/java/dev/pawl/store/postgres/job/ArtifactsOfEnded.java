package dev.pawl.store.postgres.job;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.store.RunId;
import dev.pawl.store.postgres.engine.Change;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Records artifacts of a job that has ended with a run, and that is not removed before they are on disk. */
public final class ArtifactsOfEnded implements Change<Boolean> {

    private static final String HOLD = "SELECT 1 FROM ended WHERE job = ? FOR KEY SHARE";

    private final Work work;
    private final RunId run;
    private final List<JobArtifact> artifacts;

    public ArtifactsOfEnded(Work work, RunId run, List<JobArtifact> artifacts) {
        this.work = work;
        this.run = run;
        this.artifacts = List.copyOf(artifacts);
    }

    @Override
    public List<UUID> jobs() {
        return List.of(run.job());
    }

    @Override
    public Boolean make() throws SQLException {
        JobRecord record = work.records().find(run.job());
        if (record == null || record.now.epoch != run.epoch() || record.now.place != Place.ENDED || !holds(record)) {
            throw new StaleRunException("Job " + run.job() + " has not ended with run " + run.epoch()
                    + ", or no longer exists; its artifacts are not recorded.");
        }
        work.changed();
        work.rows().artifacts().add(record.job, record.id, artifacts);
        return true;
    }

    private boolean holds(JobRecord record) throws SQLException {
        work.flush();
        return work.session().number(HOLD, record.job) > 0;
    }
}
