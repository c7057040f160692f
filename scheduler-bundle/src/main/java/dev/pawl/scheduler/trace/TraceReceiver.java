package dev.pawl.scheduler.trace;

import dev.pawl.service.trace.JobTraces;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Follows the service that exports traces, which is there only where an operator has configured it. */
public final class TraceReceiver extends ServiceTracker<JobTraces, JobTraces> {

    private final RunTraces traces;

    /** Looks for it from now on, until it is closed. */
    public TraceReceiver(BundleContext context, RunTraces traces) {
        super(context, JobTraces.class, null);
        this.traces = traces;
        open();
    }

    @Override
    public JobTraces addingService(ServiceReference<JobTraces> reference) {
        JobTraces found = super.addingService(reference);
        traces.exportTo(found);
        return found;
    }

    @Override
    public void removedService(ServiceReference<JobTraces> reference, JobTraces gone) {
        traces.exportTo(null);
        super.removedService(reference, gone);
    }
}
