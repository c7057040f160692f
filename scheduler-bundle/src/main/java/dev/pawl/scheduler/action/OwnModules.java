package dev.pawl.scheduler.action;

import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.catalog.ReadyModules;
import dev.pawl.service.job.JobActions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The modules that take jobs with the server's own, which always does, and which is in no list: only services here start its jobs. */
public final class OwnModules implements ReadyModules {

    private final ReadyModules others;
    private final ModuleVersion own;

    /** @param actions asked when a job begins, which is after everything is assembled */
    public OwnModules(ReadyModules others, Supplier<BulkActions> actions) {
        this.others = others;
        this.own = new ActionVersion(actions);
    }

    @Override
    public Optional<ModuleVersion> current(String id) {
        return id.equals(JobActions.MODULE) ? Optional.of(own) : others.current(id);
    }

    @Override
    public Set<String> ids() {
        return others.ids();
    }

    @Override
    public Optional<String> refusal(long bundle, String id) {
        return others.refusal(bundle, id);
    }

    @Override
    public void retire(long bundle) {
        others.retire(bundle);
    }

    @Override
    public void reinstate(long bundle) {
        others.reinstate(bundle);
    }
}
