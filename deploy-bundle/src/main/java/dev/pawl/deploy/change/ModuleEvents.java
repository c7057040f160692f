package dev.pawl.deploy.change;

import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.ModuleIdentity;
import dev.pawl.service.deploy.HistoryEntry.Action;
import dev.pawl.service.deploy.RollOut;
import dev.pawl.service.event.EventPublisher;
import dev.pawl.service.event.ModuleEvent;
import dev.pawl.service.event.ModuleEvent.Change;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Publishes what changes of bundles come to for the modules in them. */
final class ModuleEvents {

    private final EventPublisher events;
    private final InstantSource clock;

    ModuleEvents(EventPublisher events, InstantSource clock) {
        this.events = events;
        this.clock = clock;
    }

    /** A change begins, which may take the running jobs off the modules. */
    void begun(DeploymentChange change) {
        Deployment from = change.from();
        if (from != null && from.enabled() && change.action() != Action.ENABLE) {
            publish(change, Change.DRAINING, from, null);
        }
    }

    /** A change that had begun has failed. */
    void failed(DeploymentChange change) {
        Deployment from = change.from();
        if (from != null && from.enabled() && change.action() != Action.ENABLE) {
            publish(change, Change.KEPT, from, null);
        }
    }

    /** A change is made. */
    void done(DeploymentChange change) {
        Deployment from = change.from();
        Deployment to = change.to();
        if (to == null) {
            if (from != null) {
                publish(change, Change.REMOVED, from, null);
            }
            return;
        }
        publish(change, kind(change.action()), to, from);
        if (from != null) {
            from.modules().stream()
                    .filter(module -> !to.holds(module.id()))
                    .forEach(module -> publish(change, Change.REMOVED, module, from, null));
        }
    }

    /** A version is held on its first server, or not any more. */
    void held(RollOut rollOut) {
        publish(rollOut, rollOut.isHeld() ? Change.HELD : Change.PROMOTED);
    }

    /** A server has moved on in a roll-out, or the roll-out is over. */
    void movedOn(RollOut rollOut) {
        publish(rollOut, Change.ROLL_OUT);
    }

    private void publish(RollOut rollOut, Change kind) {
        publish(
                new DeploymentChange(Action.PROMOTE, rollOut.startedBy(), rollOut.from(), rollOut.to()),
                kind,
                rollOut.to(),
                rollOut.from());
    }

    private static Change kind(Action action) {
        return switch (action) {
            case INSTALL -> Change.INSTALLED;
            case UPDATE -> Change.UPDATED;
            case ROLLBACK -> Change.ROLLED_BACK;
            case ENABLE -> Change.ENABLED;
            case DISABLE -> Change.DISABLED;
            case UNINSTALL -> Change.REMOVED;
            case PROMOTE -> Change.PROMOTED;
            case ROLL_OUT -> Change.UPDATED;
        };
    }

    private void publish(DeploymentChange change, Change kind, Deployment shown, @Nullable Deployment former) {
        shown.modules().forEach(module -> publish(change, kind, module, shown, former));
    }

    private void publish(
            DeploymentChange change,
            Change kind,
            ModuleIdentity module,
            Deployment shown,
            @Nullable Deployment former) {
        String before = former == null || former.version().equals(shown.version()) ? null : former.version();
        events.publish(() -> new ModuleEvent(
                clock.instant(),
                kind,
                module.id(),
                module.name(),
                shown.version(),
                before,
                kind != Change.REMOVED && shown.enabled(),
                change.by()));
    }
}
