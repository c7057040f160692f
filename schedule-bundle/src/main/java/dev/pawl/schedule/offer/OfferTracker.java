package dev.pawl.schedule.offer;

import dev.pawl.service.schedule.ScheduleRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;

/** Tells what schedules modules offer, as their bundles come, are updated and go. The thread that changes a bundle calls it. */
public final class OfferTracker implements BundleTrackerCustomizer<BundleRevision>, AutoCloseable {

    private static final int INSTALLED =
            Bundle.INSTALLED | Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;

    private final Offers offers;
    private final BundleTracker<BundleRevision> bundles;

    /** The schedules that modules offer. */
    public interface Offers {

        /** Takes all schedules that a module offers from now on. */
        void offer(String module, List<ScheduleRequest> schedules);
    }

    /** Watches all bundles once it is {@linkplain #open open}. */
    public OfferTracker(BundleContext context, Offers offers) {
        this.offers = offers;
        this.bundles = new BundleTracker<>(context, INSTALLED, this);
    }

    /** Tells what the modules that are there offer, and all changes from now on. */
    public void open() {
        bundles.open();
    }

    @Override
    public @Nullable BundleRevision addingBundle(Bundle bundle, @Nullable BundleEvent event) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null || !OfferedSchedules.hasModules(revision)) {
            return null;
        }
        OfferedSchedules.of(revision).forEach(offers::offer);
        return revision;
    }

    @Override
    public void modifiedBundle(Bundle bundle, @Nullable BundleEvent event, BundleRevision known) {
        if (event != null && event.getType() == BundleEvent.UPDATED) {
            BundleRevision revision = bundle.adapt(BundleRevision.class);
            if (revision != null) {
                OfferedSchedules.of(revision).forEach(offers::offer);
            }
        }
    }

    @Override
    public void removedBundle(Bundle bundle, @Nullable BundleEvent event, BundleRevision known) {
        if (event != null && event.getType() == BundleEvent.UNINSTALLED) {
            OfferedSchedules.of(known).keySet().stream()
                    .filter(module -> !isElsewhere(module))
                    .forEach(module -> offers.offer(module, List.of()));
        }
    }

    /** Whether another bundle has the module, as while a new version replaces an old one. */
    private boolean isElsewhere(String module) {
        return bundles.getTracked().values().stream()
                .filter(Objects::nonNull)
                .anyMatch(revision -> OfferedSchedules.of(revision).containsKey(module));
    }

    @Override
    public void close() {
        bundles.close();
    }
}
