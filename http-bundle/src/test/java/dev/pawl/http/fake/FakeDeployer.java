package dev.pawl.http.fake;

import dev.pawl.api.catalog.ChangeOptions;
import dev.pawl.api.catalog.Deployed;
import dev.pawl.api.catalog.Deployer;
import dev.pawl.api.catalog.Deployment;
import dev.pawl.api.catalog.FolderReport;
import dev.pawl.api.catalog.HistoryEntry;
import dev.pawl.api.catalog.Impact;
import dev.pawl.api.catalog.InstallOptions;
import dev.pawl.api.job.JobMove;
import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Remembers what it was given. */
public final class FakeDeployer implements Deployer {

    public volatile byte[] jar = {};
    public volatile Path source;
    public volatile InstallOptions options;
    public volatile ChangeOptions change;
    public volatile String last = "";

    @Override
    public Deployed install(Path file, InstallOptions how) {
        try {
            jar = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        options = how;
        if (jar.length > 0 && jar[0] == '!') {
            throw new ProblemException(ProblemCode.NOT_A_BUNDLE, "The jar has no Bundle-SymbolicName.");
        }
        return deployed(Deployed.Change.INSTALLED);
    }

    @Override
    public Deployed installFrom(Path from, InstallOptions how) {
        source = from;
        options = how;
        return deployed(Deployed.Change.UPDATED);
    }

    @Override
    public Deployed uninstall(String module, ChangeOptions how) {
        last = "uninstall " + module + " " + how.mode();
        change = how;
        return deployed(Deployed.Change.UNINSTALLED);
    }

    @Override
    public Deployed enable(String module, ChangeOptions how) {
        last = "enable " + module;
        return deployed(Deployed.Change.ENABLED);
    }

    @Override
    public Deployed disable(String module, ChangeOptions how) {
        last = "disable " + module + " " + how.mode();
        change = how;
        return deployed(Deployed.Change.DISABLED);
    }

    @Override
    public Deployed rollback(String module, String version, ChangeOptions how) {
        last = "rollback " + module + " " + how.mode() + " to " + version;
        change = how;
        return deployed(Deployed.Change.ROLLED_BACK);
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
        return Optional.of(deployed(Deployed.Change.UNCHANGED).deployment());
    }

    @Override
    public List<Deployment> former(String module) {
        return List.of();
    }

    @Override
    public List<HistoryEntry> history(String module, int limit) {
        return List.of(new HistoryEntry(
                Jobs.CREATED,
                "admin",
                "dev.pawl.hello",
                List.of(module),
                HistoryEntry.Action.UPDATE,
                "1.2.2",
                "1.2.3",
                "ab".repeat(32),
                HistoryEntry.Outcome.FAILED,
                "limit " + limit));
    }

    private static Deployed deployed(Deployed.Change change) {
        var deployment = new Deployment(
                "dev.pawl.hello",
                "1.2.3",
                "ab".repeat(32),
                List.of(new Deployment.ModuleIdentity("hello", "Hello World")),
                Deployment.Origin.API,
                null,
                true,
                Jobs.CREATED,
                "admin",
                null);
        var move = new JobMove(new UUID(1, 2), JobMove.Outcome.PARKED);
        return new Deployed(change, deployment, "1.2.2", List.of(move), Impact.NONE);
    }
}
