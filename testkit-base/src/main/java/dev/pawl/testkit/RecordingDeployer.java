package dev.pawl.testkit;

import dev.pawl.service.deploy.AvailableModule;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployer;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.FolderReport;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.deploy.Impact;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.deploy.RollOut;
import dev.pawl.service.job.JobMove;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A deployer that installs nothing: it records the requests, and answers as if {@code hello} of {@link HelloCatalog} had replaced version
 * 1.2.2 and one job had been parked. It refuses jars that begin with {@code !} and all versions before 1. Safe for use by several
 * threads.
 */
public final class RecordingDeployer implements Deployer {

    /** The job that every change parks. */
    public static final UUID PARKED = UUID.fromString("3f2a91c4-0000-4000-8000-000000000001");

    private static final Instant INSTALLED = Instant.parse("2026-03-01T12:00:00Z");

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile byte[] jar = {};

    /**
     * A recorded request.
     *
     * @param what the request, such as {@code disable hello}
     * @param how the options of the request
     * @param sha256 the digest that an installation requires
     */
    public record Asked(
            String what, ChangeOptions how, @Nullable String sha256) {}

    /** All requests, in order. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** The last request. */
    public Asked last() {
        List<Asked> all = asked();
        if (all.isEmpty()) {
            throw new AssertionError("Nothing was asked of the deployer.");
        }
        return all.get(all.size() - 1);
    }

    /** The content of the most recently installed jar. */
    public byte[] jar() {
        return jar.clone();
    }

    @Override
    public Deployed install(Path file, InstallOptions options) {
        try {
            jar = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        asked.add(new Asked("install", options.change(), options.sha256()));
        if (jar.length > 0 && jar[0] == '!') {
            throw new ProblemException(ProblemCode.NOT_A_BUNDLE, "The jar has no Bundle-SymbolicName.");
        }
        return deployed(Deployed.Change.INSTALLED);
    }

    @Override
    public Deployed installFrom(Path source, InstallOptions options) {
        asked.add(new Asked("install from " + source, options.change(), options.sha256()));
        return deployed(Deployed.Change.UPDATED);
    }

    /** Offers one module, {@code extra}. */
    @Override
    public List<AvailableModule> available() {
        return List.of(
                new AvailableModule("extra", "Extra", "1.0.0", "Does something more.", List.of("sample"), false));
    }

    @Override
    public Deployed installAvailable(String module, InstallOptions options) {
        asked.add(new Asked("install available " + module, options.change(), options.sha256()));
        return deployed(Deployed.Change.INSTALLED);
    }

    @Override
    public Deployed uninstall(String module, ChangeOptions options) {
        return done("uninstall " + module, options, Deployed.Change.UNINSTALLED);
    }

    @Override
    public Deployed enable(String module, ChangeOptions options) {
        return done("enable " + module, options, Deployed.Change.ENABLED);
    }

    @Override
    public Deployed disable(String module, ChangeOptions options) {
        return done("disable " + module, options, Deployed.Change.DISABLED);
    }

    /** Promotes {@code hello} from version 1.2.2, which a server named alpha alone has. */
    @Override
    public RollOut promote(String module, String by) {
        asked.add(new Asked("promote " + module, ChangeOptions.by(by), null));
        return heldRollOut();
    }

    @Override
    public Optional<RollOut> rollOut(String module) {
        return Optional.empty();
    }

    private static RollOut heldRollOut() {
        Deployment to = version("1.2.3");
        RollOut.Step step = new RollOut.Step("alpha", 1, true, RollOut.State.SERVING, INSTALLED, false, false);
        return new RollOut(
                to.bundle(), 7, version("1.2.2"), to, false, INSTALLED, "admin", "alpha", 0, false, List.of(step));
    }

    @Override
    public Deployed rollback(String module, @Nullable String version, ChangeOptions options) {
        if (version != null && version.startsWith("0.")) {
            throw new ProblemException(ProblemCode.NO_FORMER_VERSION, "The version " + version + " is not kept.");
        }
        return done("rollback " + module + " to " + version, options, Deployed.Change.ROLLED_BACK);
    }

    @Override
    public FolderReport reload() {
        return new FolderReport(
                List.of(deployed(Deployed.Change.INSTALLED)),
                List.of(new FolderReport.Refusal("bad.jar", "It is no bundle.")),
                List.of("old.jar"));
    }

    @Override
    public Optional<Deployment> deployment(String module) {
        return Optional.of(version("1.2.3"));
    }

    @Override
    public List<Deployment> former(String module) {
        return List.of(version("1.2.2"));
    }

    @Override
    public Optional<String> trouble() {
        return Optional.empty();
    }

    /** Returns as many entries as requested. */
    @Override
    public List<HistoryEntry> history(String module, int limit) {
        HistoryEntry line = new HistoryEntry(
                INSTALLED,
                "admin",
                "dev.pawl.hello",
                List.of(module),
                HistoryEntry.Action.UPDATE,
                "1.2.2",
                "1.2.3",
                "ab".repeat(32),
                HistoryEntry.Outcome.FAILED,
                "It does not start.");
        return Collections.nCopies(limit, line);
    }

    private Deployed done(String what, ChangeOptions options, Deployed.Change change) {
        asked.add(new Asked(what, options, null));
        return deployed(change);
    }

    private static Deployed deployed(Deployed.Change change) {
        JobMove move = new JobMove(PARKED, JobMove.Outcome.PARKED);
        return new Deployed(change, version("1.2.3"), "1.2.2", List.of(move), Impact.NONE);
    }

    private static Deployment version(String version) {
        return new Deployment(
                "dev.pawl.hello",
                version,
                "ab".repeat(32),
                List.of(new Deployment.ModuleIdentity("hello", "Hello World")),
                Deployment.Origin.API,
                null,
                true,
                INSTALLED,
                "admin",
                "CN=Release");
    }
}
