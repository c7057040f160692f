package dev.pawl.store.postgres.job;

import dev.pawl.service.inbox.ReceivedCallback;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.HookDelivery;
import dev.pawl.service.job.Job;
import dev.pawl.service.store.NewJob;
import dev.pawl.store.kit.FireDecision;
import dev.pawl.store.postgres.call.CallWrite;
import dev.pawl.store.postgres.engine.PostgresErrors;
import dev.pawl.store.postgres.fire.FireWrite;
import dev.pawl.store.postgres.inbox.InboxRows;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The occasions of new jobs, which are recorded in their transaction: due times of schedules and calls of hooks. */
final class Occasions {

    private final Work work;

    Occasions(Work work) {
        this.work = work;
    }

    /** Adds the job itself, unless one that holds its unique key stands for it. */
    @FunctionalInterface
    interface Addition {

        /**
         * Adds it.
         *
         * @param until the time until which it waits for what stands for no time; null for its own
         */
        Job add(@Nullable Instant until) throws SQLException;
    }

    /** Adds a job with its occasion, if it has one; the job that stands for it when none is added. */
    Job add(NewJob wanted, Addition addition) throws SQLException {
        HookDelivery delivery = wanted.delivery();
        if (delivery != null) {
            return deliver(wanted, delivery, addition);
        }
        DueFire due = wanted.fire();
        return due == null ? addition.add(null) : fire(wanted, due, addition);
    }

    /** Adds the job of a due time, and records it, unless an earlier job stands in the way. */
    private Job fire(NewJob wanted, DueFire due, Addition addition) throws SQLException {
        work.flush();
        FireWrite fire = FireWrite.begin(work.session(), due).orElseThrow(() -> FireDecision.changed(due));
        UUID obstacle = fire.obstacle().orElse(null);
        Job present;
        if (obstacle == null) {
            present = addition.add(fire.waits() ? DueFire.AFTER_EARLIER_JOBS : null);
        } else {
            present = earlier(obstacle);
            wanted.check().check(present);
        }
        boolean isNew = present.id().equals(wanted.id());
        work.rows().others(isNew ? fire.started(present.id()) : fire.yielded(present.id()));
        work.notifications().fired(work.session(), due, null);
        work.changed();
        return present;
    }

    private Job earlier(UUID id) throws SQLException {
        JobRecord record = work.records().find(id);
        if (record == null) {
            throw PostgresErrors.changed("Job " + id);
        }
        return record.job();
    }

    /** Adds the job of a hook's call, and records the call with the callback that it is. */
    private Job deliver(NewJob wanted, HookDelivery delivery, Addition addition) throws SQLException {
        CallWrite call = CallWrite.begin(work.session(), delivery, work.callRoom());
        Job present = addition.add(null);
        work.changed();
        call.started(delivery, present.id(), present.id().equals(wanted.id()));
        ReceivedCallback callback = delivery.callback();
        if (callback != null) {
            InboxRows.add(work.session(), callback);
        }
        return present;
    }
}
