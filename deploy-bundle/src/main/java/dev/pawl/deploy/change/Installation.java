package dev.pawl.deploy.change;

import dev.pawl.deploy.artifact.Artifacts;
import dev.pawl.deploy.artifact.CandidateJar;
import dev.pawl.deploy.artifact.JarContents;
import dev.pawl.deploy.artifact.JarOutline;
import dev.pawl.deploy.artifact.JarSignatures;
import dev.pawl.deploy.artifact.ModuleJar;
import dev.pawl.deploy.artifact.StagedJar;
import dev.pawl.deploy.bundle.ModuleBundles;
import dev.pawl.deploy.wiring.TrialResolve;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployed.Change;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.ModuleIdentity;
import dev.pawl.service.deploy.Deployment.Origin;
import dev.pawl.service.deploy.HistoryEntry.Action;
import dev.pawl.service.deploy.HistoryEntry.Outcome;
import dev.pawl.service.deploy.Impact;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs a jar: checks a copy of it before the framework is touched, then makes the {@linkplain BundleReplacement replacement}. Called by
 * one thread at a time, except {@link #read}.
 */
public final class Installation {

    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

    /** The number of jars read at once; each takes a core and the disk. */
    private static final int MOST_READERS = 2;

    private final Semaphore readers = new Semaphore(MOST_READERS);
    private final Artifacts artifacts;
    private final ModuleBundles bundles;
    private final DeploymentRecords records;
    private final JarSignatures signatures;
    private final TrialResolve trial;
    private final BundleReplacement replacement;
    private final FirstStart firstStart;
    private final InstantSource clock;

    public Installation(
            Artifacts artifacts,
            ModuleBundles bundles,
            DeploymentRecords records,
            JarSignatures signatures,
            TrialResolve trial,
            BundleReplacement replacement,
            FirstStart firstStart,
            InstantSource clock) {
        this.artifacts = artifacts;
        this.bundles = bundles;
        this.records = records;
        this.signatures = signatures;
        this.trial = trial;
        this.replacement = replacement;
        this.firstStart = firstStart;
        this.clock = clock;
    }

    /**
     * Reads a jar to its end and checks it by itself, which may take seconds; may be called by several threads. Cheap checks come first,
     * then the signature, then every byte.
     *
     * @param source the path or name to record as the jar's source; null when only its bytes were sent
     */
    public CandidateJar read(Path jar, InstallOptions options, Origin origin, @Nullable String source) {
        readers.acquireUninterruptibly();
        StagedJar staged = null;
        boolean good = false;
        try {
            staged = artifacts.stage(jar);
            checkPin(staged, options.sha256());
            CandidateJar incoming = outline(staged, options, origin, source);
            boolean isInstalled = records.ofBundle(incoming.jar().bundle())
                    .filter(current -> current.sha256().equals(incoming.staged().sha256()))
                    .isPresent();
            CandidateJar read = isInstalled ? incoming : signed(incoming);
            contents(read);
            good = true;
            return read;
        } finally {
            readers.release();
            if (staged != null && !good) {
                artifacts.discard(staged);
            }
        }
    }

    /** Reads a jar, and installs or updates. */
    public Deployed install(Path jar, InstallOptions options, Origin origin, @Nullable String source) {
        try (CandidateJar incoming = read(jar, options, origin, source)) {
            return install(incoming);
        }
    }

    /** Installs or updates. */
    public Deployed install(CandidateJar incoming) {
        ModuleJar jar = incoming.jar();
        Optional<Deployment> current = records.ofBundle(jar.bundle());
        if (current.isPresent()
                && current.get().sha256().equals(incoming.staged().sha256())) {
            return again(current.get(), incoming.staged(), incoming.options().change());
        }
        records.refuseAmidRollOut(jar.bundle());
        CandidateJar signed = incoming.signatureChecked() ? incoming : signed(incoming);
        DeploymentChange change = change(signed);
        judged(signed.options().change(), change, () -> {
            checkOwners(jar);
            trial.check(jar);
            return true;
        });
        return put(
                change,
                Objects.requireNonNull(change.to()),
                signed.staged(),
                signed.options().change());
    }

    private DeploymentChange change(CandidateJar incoming) {
        Optional<Deployment> current = records.ofBundle(incoming.jar().bundle());
        String by = incoming.options().change().by();
        Deployment next = new Deployment(
                incoming.jar().bundle(),
                incoming.jar().version(),
                incoming.staged().sha256(),
                incoming.jar().modules(),
                incoming.origin(),
                incoming.source(),
                current.map(Deployment::enabled)
                        .orElse(incoming.origin() != Origin.DISTRIBUTION
                                || incoming.jar().isEnabledAtFirst()),
                clock.instant(),
                by,
                incoming.signer());
        return new DeploymentChange(
                current.isPresent() ? Action.UPDATE : Action.INSTALL,
                by,
                current.orElse(null),
                next,
                incoming.options().change().canary());
    }

    /** Checks the list of entries and the manifest. */
    private CandidateJar outline(StagedJar staged, InstallOptions options, Origin origin, @Nullable String source) {
        return readable(options.change(), origin, source, () -> {
            JarOutline.check(staged.file());
            ModuleJar jar = ModuleJar.read(staged.file());
            return new CandidateJar(artifacts, staged, jar, options, origin, source, false, null);
        });
    }

    private void contents(CandidateJar incoming) {
        readable(incoming.options().change(), incoming.origin(), incoming.source(), () -> {
            JarContents.check(incoming.staged().file(), incoming.jar().classPath());
            return true;
        });
    }

    /**
     * Determines the signer of the jar. Jars of the distribution need no signature: anyone who can write there can replace the runtime
     * itself.
     */
    private CandidateJar signed(CandidateJar incoming) {
        if (incoming.origin() == Origin.DISTRIBUTION) {
            return incoming.signedBy(null);
        }
        DeploymentChange change = change(incoming);
        return judged(
                incoming.options().change(),
                change,
                () -> incoming.signedBy(signatures.check(incoming.staged().file(), clock.instant())));
    }

    /** Reads the jar; a failure is added to the history of the bundle that was installed from the same path. */
    private <T> T readable(ChangeOptions options, Origin origin, @Nullable String source, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (ProblemException e) {
            if (source != null && !options.dryRun()) {
                records.current().stream()
                        .filter(current -> current.origin() == origin && source.equals(current.source()))
                        .forEach(current -> records.note(
                                new DeploymentChange(Action.UPDATE, options.by(), current, null), Outcome.REFUSED, e));
            }
            throw e;
        }
    }

    /** Checks a jar; a refusal is added to the history of its bundle. */
    private <T> T judged(ChangeOptions options, DeploymentChange change, Supplier<T> judgement) {
        try {
            return judgement.get();
        } catch (ProblemException e) {
            if (!options.dryRun()) {
                records.note(change, Outcome.REFUSED, e);
            }
            throw e;
        }
    }

    private Deployed put(DeploymentChange change, Deployment to, StagedJar staged, ChangeOptions options) {
        Deployment from = change.from();
        Change kind = from == null ? Change.INSTALLED : Change.UPDATED;
        BundleReplacement.Effect effect;
        if (options.dryRun()) {
            effect = replacement.forecast(from, staged.file(), options.mode());
        } else {
            artifacts.keep(staged);
            effect = perform(change, to, staged, options);
        }
        if (!options.dryRun()) {
            LOG.info("{} {} {} for {}.", kind, to.bundle(), to.version(), options.by());
        }
        return new Deployed(kind, to, from == null ? null : from.version(), effect.jobs(), effect.impact());
    }

    /** Handles a jar that is installed already: it repairs the artifact when that was lost or damaged. */
    private Deployed again(Deployment current, StagedJar staged, ChangeOptions options) {
        boolean isThere = bundles.find(current.sha256()).isPresent();
        if (isThere && artifacts.isWhole(current.sha256())) {
            return unchanged(current);
        }
        if (!options.dryRun()) {
            artifacts.keep(staged);
            DeploymentChange change = new DeploymentChange(Action.INSTALL, options.by(), null, current);
            if (isThere) {
                records.put(current, change);
            } else {
                perform(change, current, staged, options);
            }
            LOG.info("{} {} {} for {}.", Change.REPAIRED, current.bundle(), current.version(), options.by());
        }
        return new Deployed(Change.REPAIRED, current, current.version(), List.of(), Impact.NONE);
    }

    private BundleReplacement.Effect perform(
            DeploymentChange change, Deployment to, StagedJar staged, ChangeOptions options) {
        try {
            return records.telling(change, () -> {
                BundleReplacement.Effect effect = replacement.perform(change, to, options.mode(), options.drainTime());
                firstStart.await(change.from(), to);
                return effect;
            });
        } catch (RuntimeException e) {
            artifacts.discard(staged); // from now on its artifact is one that no record names
            artifacts.retain(records.artifacts());
            throw e;
        }
    }

    private static Deployed unchanged(Deployment current) {
        return new Deployed(Change.UNCHANGED, current, current.version(), List.of(), Impact.NONE);
    }

    private static void checkPin(StagedJar staged, @Nullable String pinned) {
        if (pinned != null && !pinned.toLowerCase(Locale.ROOT).equals(staged.sha256())) {
            throw new ProblemException(
                    ProblemCode.HASH_MISMATCH,
                    "The jar's SHA-256 is " + staged.sha256() + ", and " + pinned + " was expected.");
        }
    }

    private void checkOwners(ModuleJar jar) {
        if (bundles.isOfTheRuntime(jar.bundle())) {
            throw new ProblemException(
                    ProblemCode.MODULE_OWNED,
                    "The symbolic name " + jar.bundle() + " belongs to a bundle of the runtime itself.");
        }
        List<Deployment> all = records.current();
        for (ModuleIdentity module : jar.modules()) {
            all.stream()
                    .filter(owner -> owner.holds(module.id()))
                    .filter(owner -> !owner.bundle().equals(jar.bundle()))
                    .findFirst()
                    .ifPresent(owner -> {
                        throw new ProblemException(
                                ProblemCode.MODULE_OWNED,
                                "The module " + module.id() + " belongs to the bundle " + owner.bundle() + " "
                                        + owner.version() + ".");
                    });
        }
    }
}
