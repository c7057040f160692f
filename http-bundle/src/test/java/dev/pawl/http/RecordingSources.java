package dev.pawl.http;

import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.GitSource;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.deploy.ModuleSources;
import dev.pawl.service.deploy.SyncReport;
import dev.pawl.testkit.RecordingDeployer;
import java.util.List;

/** Sources that fetch nothing: each module is that of the deployer, and one of two sources fails. */
final class RecordingSources implements ModuleSources {

    private final RecordingDeployer deployer;
    private volatile String asked = "";

    RecordingSources(RecordingDeployer deployer) {
        this.deployer = deployer;
    }

    /** The last repository, folder and ref. */
    String asked() {
        return asked;
    }

    @Override
    public Deployed installFromGit(GitSource source, InstallOptions options) {
        asked = source.repository() + " " + source.path() + " " + source.ref();
        return deployer.enable("hello", options.change());
    }

    @Override
    public SyncReport sync(ChangeOptions options) {
        Deployed hello = deployer.enable("hello", options);
        return new SyncReport(
                List.of(new SyncReport.Synced(hello, "https://example.org/m.git", "y", "2".repeat(40))),
                List.of(new SyncReport.Failure("(root)", "https://example.org/n.git", "It is gone.")),
                List.of());
    }
}
