package dev.pawl.scheduler;

import dev.pawl.scheduler.job.CallbackCheck;
import dev.pawl.service.notification.Callbacks;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Follows the part that delivers callbacks. */
final class CallbackReceiver extends ServiceTracker<Callbacks, Callbacks> {

    private final CallbackCheck check;

    /** Looks for it from now on, until it is closed. */
    CallbackReceiver(BundleContext context, CallbackCheck check) {
        super(context, Callbacks.class, null);
        this.check = check;
        open();
    }

    @Override
    public Callbacks addingService(ServiceReference<Callbacks> reference) {
        Callbacks found = super.addingService(reference);
        check.judgedBy(found);
        return found;
    }

    @Override
    public void removedService(ServiceReference<Callbacks> reference, Callbacks gone) {
        check.judgedBy(null);
        super.removedService(reference, gone);
    }
}
