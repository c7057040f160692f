package dev.pawl.service.store;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.HookDelivery;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.RequestKey;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job to add.
 *
 * @param id its id
 * @param request the request as it was made
 * @param createdAt the time of the request
 * @param check the judge of a job that holds its unique key
 * @param key the key under which the answer is kept in the same transaction; null to keep none
 * @param fire the due time of a schedule that is recorded in the same transaction; null when there is none
 * @param delivery the call of a hook that is recorded in the same transaction; null when there is none
 * @param change the request's place in the audit; null when the runtime itself adds the job
 */
public record NewJob(
        UUID id,
        JobRequest request,
        Instant createdAt,
        UniqueKeyCheck check,
        @Nullable RequestKey key,
        @Nullable DueFire fire,
        @Nullable HookDelivery delivery,
        @Nullable AuditedChange change) {

    /** A job that no hook adds. */
    public NewJob(
            UUID id,
            JobRequest request,
            Instant createdAt,
            UniqueKeyCheck check,
            @Nullable RequestKey key,
            @Nullable DueFire fire,
            @Nullable AuditedChange change) {
        this(id, request, createdAt, check, key, fire, null, change);
    }

    /** A job that neither a schedule nor a hook adds. */
    public NewJob(
            UUID id,
            JobRequest request,
            Instant createdAt,
            UniqueKeyCheck check,
            @Nullable RequestKey key,
            @Nullable AuditedChange change) {
        this(id, request, createdAt, check, key, null, null, change);
    }

    /** A job that the runtime itself adds. */
    public NewJob(UUID id, JobRequest request, Instant createdAt, UniqueKeyCheck check, @Nullable RequestKey key) {
        this(id, request, createdAt, check, key, null, null, null);
    }

    /** A job that the runtime itself adds, that gives way to any that holds its unique key, and whose answer is not kept. */
    public NewJob(UUID id, JobRequest request, Instant createdAt) {
        this(id, request, createdAt, holder -> {}, null, null, null, null);
    }
}
