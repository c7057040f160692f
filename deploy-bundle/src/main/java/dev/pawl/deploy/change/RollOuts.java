package dev.pawl.deploy.change;

import dev.pawl.deploy.bundle.JobDrain;
import dev.pawl.deploy.bundle.ModuleBundles;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployed.Change;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.ModuleIdentity;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.deploy.HistoryEntry.Action;
import dev.pawl.service.deploy.HistoryEntry.Outcome;
import dev.pawl.service.deploy.Impact;
import dev.pawl.service.deploy.RollOut;
import dev.pawl.service.deploy.RollOut.Step;
import dev.pawl.service.job.JobMove;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.RollOutStore;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The roll-outs of versions over the servers on a store, as users see them: one of a bundle at a time, held on its first server when they ask for
 * that, promoted, or taken back. {@link RollOutSteps} makes the steps of this server.
 */
public final class RollOuts {

    private static final Logger LOG = LoggerFactory.getLogger(RollOuts.class);

    private final RollOutStore store;
    private final ModuleBundles bundles;
    private final JobDrain drain;
    private final Duration proving;
    private final InstantSource clock;

    /** @param proving how long a server must stay healthy with a new version before the next one takes it */
    public RollOuts(RollOutStore store, ModuleBundles bundles, JobDrain drain, Duration proving, InstantSource clock) {
        this.store = store;
        this.bundles = bundles;
        this.drain = drain;
        this.proving = proving;
        this.clock = clock;
    }

    /** The roll-out of the bundle that holds a module, or is to hold it. */
    public Optional<RollOut> ofModule(String module) {
        return first(live ->
                live.to().holds(module) || (live.from() != null && live.from().holds(module)));
    }

    Optional<RollOut> ofBundle(String bundle) {
        return first(live -> live.bundle().equals(bundle));
    }

    private Optional<RollOut> first(Predicate<RollOut> wanted) {
        return store.live().stream().filter(wanted).findFirst();
    }

    /** Refuses a change of a bundle of which a version is being rolled out. The start of a server changes what it finds. */
    void refuseAmid(String bundle) {
        if (bundles.modulesRun()) {
            ofBundle(bundle).ifPresent(live -> {
                throw amid(live);
            });
        }
    }

    private static ProblemException amid(RollOut live) {
        return new ProblemException(
                ProblemCode.ROLL_OUT_LIVE,
                "The roll-out of " + live.described() + " is under way: " + live.startedBy() + " began it on server "
                        + live.server() + " at " + live.startedAt().truncatedTo(ChronoUnit.SECONDS)
                        + (live.isHeld() ? ", and it is held there." : "."));
    }

    /**
     * Writes the record of a change as a roll-out that begins on this server, if it is one: a version that replaces another, while modules run.
     *
     * @return whether it did
     */
    boolean begin(Deployment to, DeploymentChange change, HistoryEntry line) {
        Deployment from = change.from();
        boolean replaces = from != null
                && from.enabled()
                && !from.sha256().equals(to.sha256())
                && (change.action() == Action.UPDATE || change.action() == Action.ROLLBACK);
        if (change.isHeld() && !to.enabled()) {
            throw new ProblemException(
                    ProblemCode.NOTHING_TO_HOLD, "canary is asked for, and " + to.bundle() + " is disabled.");
        }
        if (!bundles.modulesRun() || !to.enabled() || !(replaces || change.isHeld())) {
            return false;
        }
        if (!store.begin(to, change.isHeld(), proving, line, AuditedChange.current())) {
            throw ofBundle(to.bundle())
                    .map(RollOuts::amid)
                    .orElseGet(() -> new ProblemException(
                            ProblemCode.ROLL_OUT_LIVE, "A roll-out of " + to.bundle() + " has ended at this moment."));
        }
        return true;
    }

    /** Lets a version that is held go on. */
    public RollOut promote(String module, String by) {
        RollOut live = ofModule(module).filter(RollOut::isHeld).orElseThrow(() -> nothingHeld(module));
        HistoryEntry line = new DeploymentChange(Action.PROMOTE, by, live.from(), live.to())
                .line(clock.instant(), Outcome.DONE, "");
        if (!store.promote(live, line, AuditedChange.current())) {
            throw nothingHeld(module);
        }
        LOG.info("{} goes on to the other servers for {}.", live.described(), by);
        return ofBundle(live.bundle()).orElse(live);
    }

    private static ProblemException nothingHeld(String module) {
        return new ProblemException(
                ProblemCode.NOTHING_HELD, "No version of the module " + module + " is held on its first server.");
    }

    /**
     * Goes back to the version before, for a user.
     *
     * @param version the version to go back to; null for the one before
     */
    public Deployed goBack(RollOut live, @Nullable String version, ChangeOptions options) {
        Deployment before = live.from();
        if (version != null && (before == null || !ModuleChanges.is(before, version))) {
            throw amid(live);
        }
        List<JobMove> jobs = options.dryRun()
                ? drain.forecast(
                        live.to().modules().stream().map(ModuleIdentity::id).toList(), options.mode())
                : List.of();
        if (!options.dryRun() && !goBackAnyway(live, options.by(), "")) {
            throw new ProblemException(
                    ProblemCode.NOTHING_HELD, "The roll-out of " + live.described() + " has ended at this moment.");
        }
        return new Deployed(
                before == null ? Change.UNINSTALLED : Change.ROLLED_BACK,
                before == null ? live.to() : before,
                live.to().version(),
                jobs,
                Impact.NONE);
    }

    /** Ends a roll-out that all servers have taken; false when they have not, or it is over. */
    boolean finish(RollOut live) {
        String servers = live.steps().stream().map(Step::server).collect(Collectors.joining(", "));
        return store.finish(
                live,
                new DeploymentChange(Action.ROLL_OUT, "runtime", live.from(), live.to())
                        .line(clock.instant(), Outcome.DONE, "All servers have it: " + servers + "."));
    }

    /** Goes back to the version before, wherever the roll-out is by now; false when it is over. */
    boolean goBackAnyway(RollOut seen, String by, String why) {
        Optional<RollOut> live = Optional.of(seen);
        while (live.isPresent()) {
            if (goBack(live.get(), by, why)) {
                return true;
            }
            live = ofBundle(seen.bundle()).filter(now -> now.generation() == seen.generation());
        }
        return false;
    }

    /** Goes back to the version before; false when a step has moved since it was seen, or the roll-out is over. */
    boolean goBack(RollOut live, String by, String why) {
        HistoryEntry line = new DeploymentChange(Action.ROLLBACK, by, live.to(), live.from())
                .line(clock.instant(), Outcome.DONE, why);
        if (!store.goBack(live, line, AuditedChange.current())) {
            return false;
        }
        if (why.isEmpty()) {
            LOG.info("The roll-out of {} is taken back for {}.", live.described(), by);
        } else {
            LOG.error("The roll-out of {} is taken back on all servers. {}", live.described(), why);
        }
        return true;
    }
}
