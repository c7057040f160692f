package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.EarlierJobs;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.Overlap;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Timing;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.KeptSchedule;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.ScheduleStore;
import dev.pawl.service.store.UniqueKeyCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The fixtures of the parts of {@link ScheduleStoreContract}. */
interface ScheduleStoreTests {

    /** The time at which a test begins. */
    Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** The interval of the schedules. */
    Duration HOUR = Duration.ofHours(1);

    /** The time by which each fire is put off. */
    Duration JITTER = Duration.ofSeconds(7);

    /** The store under test. */
    ScheduleStore schedules();

    /** The jobs in the same store. */
    JobStore jobs();

    /** The audit log beside it. */
    AuditLog audit();

    /** Closes all and opens them again, with their contents. */
    void reopen();

    default KeptSchedule put(String name, Instant dueAt) {
        assertTrue(await(schedules().put(KeptSchedule.first(named(name), null, NOW, next(dueAt)), null))
                .isDone());
        return schedules().find(name).orElseThrow();
    }

    static ScheduleRequest named(String name) {
        return new ScheduleRequest(name, Timing.every(HOUR), request(), Overlap.SKIP, Missed.ONCE, false);
    }

    static JobRequest request() {
        return JobRequest.builder(List.of(new Task("m", Map.of()))).build();
    }

    default Job fire(KeptSchedule schedule, EarlierJobs earlier) {
        return fire(schedule, earlier, HOUR);
    }

    default Job fire(KeptSchedule schedule, EarlierJobs earlier, Duration every) {
        return add(due(schedule, earlier, every));
    }

    default Job add(DueFire fire) {
        return await(jobs().add(List.of(newJob(fire, request(), holder -> {})))).get(0);
    }

    static NewJob newJob(DueFire fire, JobRequest request, UniqueKeyCheck check) {
        return new NewJob(UUID.randomUUID(), request, NOW, check, null, fire, null);
    }

    static DueFire due(KeptSchedule schedule, EarlierJobs earlier) {
        return due(schedule, earlier, HOUR);
    }

    static DueFire due(KeptSchedule schedule, EarlierJobs earlier, Duration every) {
        DueFire.Next due = schedule.next();
        Instant dueAt = due == null ? NOW : due.dueAt();
        return new DueFire(
                schedule.name(),
                schedule.revision(),
                dueAt,
                dueAt.plusSeconds(1),
                earlier,
                next(dueAt.plus(every)),
                null,
                "made up");
    }

    static DueFire.Next next(Instant dueAt) {
        return new DueFire.Next(dueAt, dueAt.plus(JITTER));
    }

    default @Nullable UUID lastJob() {
        KeptSchedule.Last last = schedules().find("a").orElseThrow().last();
        return last == null ? null : last.job();
    }
}
