package dev.pawl.testkit;

import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.ScheduleStore;

/** The contract of every store of schedules, as tests. The tests of a store have one subclass, which opens it. */
public abstract class ScheduleStoreContract implements ScheduleKeepingContract, ScheduleHistoryContract, FireContract {

    @Override
    public abstract ScheduleStore schedules();

    @Override
    public abstract JobStore jobs();

    @Override
    public abstract AuditLog audit();

    @Override
    public abstract void reopen();
}
