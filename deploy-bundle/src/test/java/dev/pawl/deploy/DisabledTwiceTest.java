package dev.pawl.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed.Change;
import dev.pawl.service.job.UpdateMode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class DisabledTwiceTest {

    private static final ChangeOptions FINISH = ChangeOptions.by("test").with(UpdateMode.FINISH);

    @TempDir
    Path folder;

    @RegisterExtension
    final TestServer server = new TestServer(() -> folder.resolve("data"));

    @Test
    void aModuleThatFinishesItsJobsIsNotDisabledOnceMoreByTheSameWords() throws Exception {
        server.install("1.0.0");
        server.deployer.bindScheduler(new RecordingScheduler());
        assertEquals(Change.DISABLED, server.deployer.disable("alpha", FINISH).change());

        assertEquals(Change.UNCHANGED, server.deployer.disable("alpha", FINISH).change());

        assertEquals(2, server.deployer.history("alpha", 10).size());
    }
}
