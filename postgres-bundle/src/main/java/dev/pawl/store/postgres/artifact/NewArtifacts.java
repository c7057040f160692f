package dev.pawl.store.postgres.artifact;

import dev.pawl.service.job.JobArtifact;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.SqlCall;
import dev.pawl.store.postgres.engine.SqlRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The artifacts that a transaction records, written for all its jobs together. A transaction without any costs nothing. */
public final class NewArtifacts {

    private static final String COUNT = "UPDATE artifact_sets s SET files = c.files, bytes = c.bytes FROM "
            + "(SELECT job, count(*) AS files, sum(size)::bigint AS bytes FROM artifacts WHERE job = ANY (?) GROUP BY job) c "
            + "WHERE s.job = c.job";

    private final SqlRows sets = new SqlRows(
            "artifact_sets",
            " ON CONFLICT (job) DO NOTHING",
            "job",
            "bigint",
            "folder",
            "uuid",
            "files",
            "bigint",
            "bytes",
            "bigint");
    private final SqlRows artifacts = new SqlRows(
            "artifacts",
            " ON CONFLICT (job, path) DO UPDATE SET file = excluded.file, size = excluded.size, "
                    + "content_type = excluded.content_type, sha256 = excluded.sha256, task_index = excluded.task_index, at = excluded.at",
            "job",
            "bigint",
            "path",
            "text",
            "file",
            "text",
            "size",
            "bigint",
            "content_type",
            "text",
            "sha256",
            "text",
            "task_index",
            "integer",
            "at",
            "bigint");
    private final Map<Long, Map<String, JobArtifact>> added =
            new LinkedHashMap<>(); // a statement writes a row but once

    /**
     * Adds artifacts of a job, of which a later one replaces that with its path.
     *
     * @param id the id of the job, which is the name of the folder of its files
     */
    public void add(long job, UUID id, List<JobArtifact> recorded) {
        if (recorded.isEmpty()) {
            return;
        }
        Map<String, JobArtifact> ofJob = added.computeIfAbsent(job, first -> {
            sets.add(job, id, 0L, 0L);
            return new LinkedHashMap<>();
        });
        recorded.forEach(artifact -> ofJob.put(artifact.path(), artifact));
    }

    /** Adds the statements that write what was added. */
    public void moveTo(List<SqlCall> calls) {
        if (added.isEmpty()) {
            return;
        }
        added.forEach((job, ofJob) -> ofJob.values()
                .forEach(each -> artifacts.add(
                        job,
                        each.path(),
                        each.file(),
                        each.size(),
                        each.contentType(),
                        each.sha256(),
                        each.taskIndex(),
                        Micros.of(each.keptAt()))));
        sets.moveTo(calls);
        artifacts.moveTo(calls);
        calls.add(new SqlCall(COUNT, SqlArray.numbers(added.keySet())));
        added.clear();
    }

    /** Forgets what was added. */
    public void clear() {
        sets.clear();
        added.clear();
    }
}
