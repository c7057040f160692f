package dev.pawl.deploy;

import dev.pawl.api.catalog.ChangeOptions;
import dev.pawl.api.catalog.Deployed;
import dev.pawl.api.catalog.Deployed.Change;
import dev.pawl.api.catalog.Deployment;
import dev.pawl.api.catalog.Deployment.ModuleIdentity;
import dev.pawl.api.catalog.Deployment.Origin;
import dev.pawl.api.catalog.HistoryEntry.Action;
import dev.pawl.api.catalog.HistoryEntry.Outcome;
import dev.pawl.api.catalog.Impact;
import dev.pawl.api.catalog.InstallOptions;
import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a jar in: judges a copy of it before the framework sees anything, then {@linkplain Swap swaps} it in. One at a time.
 */
final class Installation {

    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

    private final Artifacts artifacts;
    private final Bundles bundles;
    private final Records records;
    private final Signatures signatures;
    private final TrialResolve trial;
    private final Swap swap;
    private final FirstStart firstStart;
    private final InstantSource clock;

    Installation(
            Artifacts artifacts,
            Bundles bundles,
            Records records,
            Signatures signatures,
            TrialResolve trial,
            Swap swap,
            FirstStart firstStart,
            InstantSource clock) {
        this.artifacts = artifacts;
        this.bundles = bundles;
        this.records = records;
        this.signatures = signatures;
        this.trial = trial;
        this.swap = swap;
        this.firstStart = firstStart;
        this.clock = clock;
    }

    /**
     * Installs or updates.
     *
     * @param source what the record says of where the jar came from; null when only its bytes came
     */
    Deployed install(Path jar, InstallOptions options, Origin origin, @Nullable String source) {
        Staged staged = artifacts.stage(jar);
        try {
            checkPin(staged, options.sha256());
            ModuleJar judged = read(staged, options.change(), origin, source);
            Optional<Deployment> current = records.ofBundle(judged.bundle());
            if (current.isPresent() && current.get().sha256().equals(staged.sha256())) {
                return again(current.get(), staged, options.change());
            }
            Deployment unsigned = new Deployment(
                    judged.bundle(),
                    judged.version(),
                    staged.sha256(),
                    judged.modules(),
                    origin,
                    source,
                    current.map(Deployment::enabled).orElse(true),
                    clock.instant(),
                    options.change().by(),
                    null);
            Action action = current.isPresent() ? Action.UPDATE : Action.INSTALL;
            Deed deed = new Deed(action, options.change().by(), current.orElse(null), unsigned);
            Deployment next = judge(judged, unsigned, staged, deed, options);
            return put(new Deed(action, deed.by(), deed.from(), next), next, staged, options.change());
        } finally {
            artifacts.discard(staged);
        }
    }

    /** Reads a jar; the history of what came from the same place tells when this fails. */
    private ModuleJar read(Staged staged, ChangeOptions options, Origin origin, @Nullable String source) {
        try {
            JarCheck.check(staged.file());
            return ModuleJar.read(staged.file());
        } catch (ProblemException e) {
            if (source != null && !options.dryRun()) {
                records.current().stream()
                        .filter(current -> current.origin() == origin && source.equals(current.source()))
                        .forEach(current ->
                                records.note(new Deed(Action.UPDATE, options.by(), current, null), Outcome.REFUSED, e));
            }
            throw e;
        }
    }

    /** Throws when the jar may not come in; else says who signed it. */
    private Deployment judge(ModuleJar judged, Deployment unsigned, Staged staged, Deed deed, InstallOptions options) {
        try {
            // whoever can write to the distribution can replace the runtime itself
            String signer = unsigned.origin() == Origin.DISTRIBUTION
                    ? null
                    : signatures.check(staged.file(), unsigned.installedAt());
            checkOwners(judged);
            trial.check(judged);
            return unsigned.signedBy(signer);
        } catch (ProblemException e) {
            if (!options.change().dryRun()) {
                records.note(deed, Outcome.REFUSED, e);
            }
            throw e;
        }
    }

    private Deployed put(Deed deed, Deployment to, Staged staged, ChangeOptions options) {
        Deployment from = deed.from();
        Change change = from == null ? Change.INSTALLED : Change.UPDATED;
        Swap.Effect effect;
        if (options.dryRun()) {
            effect = swap.foretell(from, staged.file(), options.mode());
        } else {
            artifacts.keep(staged);
            effect = perform(deed, to, options);
        }
        if (!options.dryRun()) {
            LOG.info("{} {} {} for {}.", change, to.bundle(), to.version(), options.by());
        }
        return new Deployed(change, to, from == null ? null : from.version(), effect.jobs(), effect.impact());
    }

    /** The jar that is installed comes once more: it mends what was lost of it, if anything was. */
    private Deployed again(Deployment current, Staged staged, ChangeOptions options) {
        boolean isThere = bundles.find(current.sha256()).isPresent();
        if (isThere && artifacts.isWhole(current.sha256())) {
            return unchanged(current);
        }
        if (!options.dryRun()) {
            artifacts.keep(staged);
            Deed deed = new Deed(Action.INSTALL, options.by(), null, current);
            if (isThere) {
                records.put(current, deed);
            } else {
                perform(deed, current, options);
            }
            LOG.info("{} {} {} for {}.", Change.REPAIRED, current.bundle(), current.version(), options.by());
        }
        return new Deployed(Change.REPAIRED, current, current.version(), List.of(), Impact.NONE);
    }

    private Swap.Effect perform(Deed deed, Deployment to, ChangeOptions options) {
        try {
            Swap.Effect effect = swap.perform(deed, to, options.mode(), options.drainTime());
            firstStart.await(deed.from(), to);
            return effect;
        } catch (RuntimeException e) {
            records.note(deed, Outcome.FAILED, e);
            artifacts.retain(records.artifacts());
            throw e;
        }
    }

    private static Deployed unchanged(Deployment current) {
        return new Deployed(Change.UNCHANGED, current, current.version(), List.of(), Impact.NONE);
    }

    private static void checkPin(Staged staged, @Nullable String pinned) {
        if (pinned != null && !pinned.toLowerCase(Locale.ROOT).equals(staged.sha256())) {
            throw new ProblemException(
                    ProblemCode.HASH_MISMATCH,
                    "The jar's SHA-256 is " + staged.sha256() + ", and " + pinned + " was asked for.");
        }
    }

    private void checkOwners(ModuleJar jar) {
        if (bundles.isOfTheRuntime(jar.bundle())) {
            throw new ProblemException(
                    ProblemCode.MODULE_OWNED,
                    "The symbolic name " + jar.bundle() + " belongs to a bundle of the runtime itself.");
        }
        for (ModuleIdentity module : jar.modules()) {
            records.ofModule(module.id())
                    .filter(owner -> !owner.bundle().equals(jar.bundle()))
                    .ifPresent(owner -> {
                        throw new ProblemException(
                                ProblemCode.MODULE_OWNED,
                                "The module " + module.id() + " belongs to the bundle " + owner.bundle() + " "
                                        + owner.version() + ".");
                    });
        }
    }
}
