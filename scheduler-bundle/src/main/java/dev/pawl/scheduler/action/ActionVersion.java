package dev.pawl.scheduler.action;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.Role;
import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.schema.ModuleMapper;
import dev.pawl.scheduler.schema.RecordSchema;
import dev.pawl.scheduler.schema.ValueSchema;
import dev.pawl.service.job.JobActions;
import dev.pawl.service.job.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.framework.VersionRange;

/** The one version of the server's own module. It belongs to no bundle, and makes its schema when the first job needs it. */
final class ActionVersion implements ModuleVersion {

    /** Outlives a store that takes no writes for some hours. */
    static final RetryPolicy RETRY = new RetryPolicy(100, Duration.ofSeconds(5), Duration.ofMinutes(5));

    private static final long NO_BUNDLE = -1;

    private final Supplier<BulkActions> actions;

    ActionVersion(Supplier<BulkActions> actions) {
        this.actions = actions;
    }

    @Override
    public String id() {
        return JobActions.MODULE;
    }

    @Override
    public String version() {
        return "1.0.0";
    }

    @Override
    public long bundle() {
        return NO_BUNDLE;
    }

    @Override
    public Optional<VersionRange> checkpoints() {
        return Optional.empty();
    }

    @Override
    public int concurrency() {
        return 0;
    }

    @Override
    public Role role() {
        return Role.OPERATOR;
    }

    @Override
    public ValueSchema inputs() {
        return RecordSchema.of(ActionInputs.class);
    }

    @Override
    public Class<?> inputsType() {
        return ActionInputs.class;
    }

    @Override
    public ValueSchema settings() {
        return ValueSchema.NOTHING;
    }

    @Override
    public ModuleMapper mapper() {
        return new ModuleMapper();
    }

    @Override
    public ClassLoader loader() {
        return ActionVersion.class.getClassLoader();
    }

    @Override
    public Module create() {
        return new ActionModule(actions.get());
    }

    @Override
    public void release(Module instance) {} // it holds nothing
}
