package dev.pawl.schedule;

import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.ScheduleStore;

/**
 * A store as one process has it open.
 *
 * @param end closes it, for this process
 */
record OpenedStore(JobStore jobs, ScheduleStore schedules, Runnable end) {}
