package dev.pawl.scheduler.worker;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;

/** The holder of a lease: a worker by its id, or an unnamed one. */
final class LeaseHolder {

    /** Holder of the jobs that a program polled without a name. */
    static final String UNNAMED = "unnamed";

    private LeaseHolder() {}

    /** Whether the worker has the job. */
    static boolean holds(String worker, Job job) {
        return job.state().leasedUntil() != null && isNamed(worker, job);
    }

    /** Whether the job waits because this worker was silent for too long. */
    static boolean mayHaveBack(String worker, Job job) {
        return job.state().status() == JobStatus.PENDING
                && job.state().parked() == ParkReason.INTERRUPTED
                && isNamed(worker, job);
    }

    private static boolean isNamed(String worker, Job job) {
        String holder = job.state().worker();
        return worker.equals(holder) || UNNAMED.equals(holder);
    }
}
