package dev.pawl.shell;

import dev.pawl.api.catalog.ChangeOptions;
import dev.pawl.api.catalog.Deployed;
import dev.pawl.api.catalog.Deployer;
import dev.pawl.api.catalog.Deployment;
import dev.pawl.api.catalog.Field;
import dev.pawl.api.catalog.FieldType;
import dev.pawl.api.catalog.FolderReport;
import dev.pawl.api.catalog.HistoryEntry;
import dev.pawl.api.catalog.Impact;
import dev.pawl.api.catalog.InstallOptions;
import dev.pawl.api.catalog.Leak;
import dev.pawl.api.catalog.ModuleCatalog;
import dev.pawl.api.catalog.ModuleDiagnosis;
import dev.pawl.api.catalog.ModuleEntry;
import dev.pawl.api.catalog.ModuleState;
import dev.pawl.api.catalog.Schema;
import dev.pawl.api.job.JobMove;
import dev.pawl.api.job.JobStatus;
import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One installed module, and a deployer that writes down what it is asked to do. */
final class FakeModules implements ModuleCatalog, Deployer {
    private static final Deployment DEPLOYMENT = new Deployment(
            "dev.pawl.hello",
            "1.1.0",
            "ab".repeat(32),
            List.of(new Deployment.ModuleIdentity("hello", "Hello World")),
            Deployment.Origin.API,
            null,
            true,
            Instant.parse("2026-03-01T12:00:00Z"),
            "shell",
            "CN=Release");

    private final List<String> asked = new ArrayList<>();

    List<String> asked() {
        return asked;
    }

    @Override
    public List<ModuleEntry> modules() {
        Field count = new Field("count", FieldType.INTEGER, false, 3, "How often", 1.0, 10.0);
        Field name = new Field("name", FieldType.TEXT, true, null, "Whom to greet", null, null);
        return List.of(new ModuleEntry(
                "hello",
                "Hello World",
                "1.1.0",
                "Greets somebody. ".repeat(8),
                List.of(),
                "dev.pawl.hello",
                ModuleState.READY,
                "",
                0,
                List.of("A thread would not end."),
                new Schema(List.of(name, count), "{}"),
                new Schema(List.of(), "{}")));
    }

    @Override
    public Optional<ModuleEntry> module(String id) {
        return modules().stream().filter(module -> module.id().equals(id)).findFirst();
    }

    @Override
    public Optional<ModuleDiagnosis> diagnosis(String id) {
        return Optional.of(new ModuleDiagnosis(
                "active",
                new ModuleDiagnosis.Component(
                        "hello",
                        "unsatisfied reference",
                        List.of(new ModuleDiagnosis.Reference("clock", "java.time.Clock", null, false)),
                        List.of("dev.pawl.module.hello"),
                        null),
                Map.of(JobStatus.RUNNING, 2L),
                1,
                List.of(new ModuleDiagnosis.Retiring("0.9.0", List.of(new UUID(1, 2)))),
                List.of(new Leak(
                        "dev.pawl.hello",
                        "0.8.0",
                        List.of("hello"),
                        Instant.parse("2026-01-01T00:00:00Z"),
                        List.of("Thread \"left over\" runs its class.")))));
    }

    @Override
    public List<Leak> leaks() {
        return List.of();
    }

    @Override
    public Map<String, Object> settings(String id) {
        return Map.of();
    }

    @Override
    public void configure(String id, Map<String, ?> settings) {
        asked.add("configure " + id);
    }

    @Override
    public Deployed install(Path jar, InstallOptions options) {
        return done(Deployed.Change.INSTALLED, "install " + jar);
    }

    @Override
    public Deployed installFrom(Path source, InstallOptions options) {
        return done(
                Deployed.Change.UPDATED,
                "installFrom " + source + " " + options.change().mode() + " "
                        + options.change().dryRun() + " " + options.change().by());
    }

    @Override
    public Deployed uninstall(String module, ChangeOptions options) {
        return done(Deployed.Change.UNINSTALLED, "uninstall " + module + " " + options.mode());
    }

    @Override
    public Deployed enable(String module, ChangeOptions options) {
        return done(Deployed.Change.ENABLED, "enable " + module);
    }

    @Override
    public Deployed disable(String module, ChangeOptions options) {
        return done(
                Deployed.Change.DISABLED,
                "disable " + module + " " + options.mode() + " " + options.drainTime() + " " + options.dryRun());
    }

    @Override
    public Deployed rollback(String module, String version, ChangeOptions options) {
        if ("1.0.0".equals(version)) {
            return done(Deployed.Change.ROLLED_BACK, "rollback " + module + " " + version);
        }
        throw new ProblemException(ProblemCode.NO_FORMER_VERSION, "hello has no former version.");
    }

    @Override
    public FolderReport reload() {
        return new FolderReport(List.of(), List.of(), List.of());
    }

    @Override
    public Optional<Deployment> deployment(String module) {
        return Optional.of(DEPLOYMENT);
    }

    @Override
    public List<Deployment> former(String module) {
        return List.of(DEPLOYMENT);
    }

    @Override
    public List<HistoryEntry> history(String module, int limit) {
        return List.of(new HistoryEntry(
                Instant.parse("2026-03-01T12:00:00Z"),
                "admin",
                "dev.pawl.hello",
                List.of(module),
                HistoryEntry.Action.UPDATE,
                "1.0.0",
                "1.1.0",
                "ab".repeat(32),
                HistoryEntry.Outcome.FAILED,
                "It does not start."));
    }

    private Deployed done(Deployed.Change change, String what) {
        asked.add(what);
        JobMove move = new JobMove(new UUID(0x3f2a91c400004000L, 1), JobMove.Outcome.PARKED);
        return new Deployed(change, DEPLOYMENT, "1.0.0", List.of(move), Impact.NONE);
    }
}
