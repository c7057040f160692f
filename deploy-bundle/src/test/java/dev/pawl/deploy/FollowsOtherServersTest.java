package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.store.ServerModule.State;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;

/** Two servers with the same records: what one deploys the other follows. */
class FollowsOtherServersTest {

    @TempDir
    private Path folder;

    private final MemoryCluster cluster = new MemoryCluster();
    private TestServer one;
    private TestServer two;

    @BeforeEach
    void startBoth() throws Exception {
        one = new TestServer(
                folder.resolve("one"), cluster, Map.of(Constants.FRAMEWORK_SYSTEMCAPABILITIES_EXTRA, "test.machine"));
        two = new TestServer(folder.resolve("two"), cluster, Map.of());
    }

    @AfterEach
    void stopBoth() throws Exception {
        one.close();
        two.close();
    }

    private static void serves(TestServer server, String version) {
        eventually("serves " + version, () -> server.serving("alpha").equals(Optional.of(version)));
    }

    private void isOver() {
        eventually(
                "no roll-out is under way", () -> cluster.rollOuts("one").live().isEmpty());
    }

    @Test
    void anInstalledAnUpdatedAndARemovedModuleIsFollowed() {
        one.install("1.0.0");
        serves(two, "1.0.0");

        two.install("2.0.0");
        serves(one, "2.0.0");
        isOver();

        one.deployer.rollback("alpha", null, ChangeOptions.by("test"));
        serves(two, "1.0.0");

        isOver();
        two.deployer.uninstall("alpha", ChangeOptions.by("test"));
        eventually("gone", () -> one.serving("alpha").isEmpty());
    }

    @Test
    void aDisabledModuleRestsOnBoth() {
        one.install("1.0.0");
        serves(two, "1.0.0");

        one.deployer.disable("alpha", ChangeOptions.by("test"));
        eventually("rests", () -> two.serving("alpha").isEmpty());
        eventually("said", () -> cluster.said("two", "test.alpha")
                .filter(said -> said.state() == State.STOPPED)
                .isPresent());

        two.deployer.enable("alpha", ChangeOptions.by("test"));
        serves(one, "1.0.0");
    }

    @Test
    void aServerThatWasAwayCatchesUp() throws Exception {
        one.install("1.0.0");
        serves(two, "1.0.0");
        two.close();

        one.install("2.0.0");
        two.start();

        serves(two, "2.0.0");
    }

    @Test
    void aVersionThatDoesNotStartOnOneServerIsTakenBackOnAll() throws Exception {
        one.install("1.0.0");
        serves(two, "1.0.0");
        one.deployer.install(
                module("alpha")
                        .version("2.0.0")
                        .header("Require-Capability", "test.machine")
                        .write(folder.resolve("needs.jar")),
                TestServer.byHand());

        eventually(
                "taken back", () -> cluster.records.current().get(0).version().equals("1.0.0"));
        serves(one, "1.0.0");
        serves(two, "1.0.0");
        assertTrue(two.deployer.history("alpha", 10).stream()
                .anyMatch(line -> line.action() == HistoryEntry.Action.ROLLBACK));
    }

    @Test
    void otherModulesAreFollowedWhileOneFailsInAWayThatNobodyForesaw() {
        cluster.breaks(one.deployer
                .install(one.jar("alpha", "1.0.0"), TestServer.dryRun())
                .deployment()
                .sha256());

        one.install("alpha", "1.0.0");
        one.install("beta", "1.0.0");

        eventually("goes on", () -> two.serving("beta").equals(Optional.of("1.0.0")));
        assertEquals(Optional.empty(), two.serving("alpha"));
        cluster.breaks(null);
        serves(two, "1.0.0");
    }

    @Test
    void aModuleOfTheFolderOfOneServerStaysWhenAnotherOneStarts() throws Exception {
        one.drop(module("alpha").version("1.0.0"), "alpha.jar");
        serves(one, "1.0.0");
        serves(two, "1.0.0");

        two.restart();

        serves(two, "1.0.0");
        assertEquals(1, cluster.records.current().size());
    }

    @Test
    void aFileThatWasRefusedForALackIsTriedAgainWhenAnotherServerInstallsWhatItNeeds() throws Exception {
        two.drop(module("alpha").version("1.0.0").header("Import-Package", "dev.pawl.api.module,lent"), "alpha.jar");
        eventually("refused", () -> !two.deployer.reload().failed().isEmpty());

        one.deployer.install(
                module("lender")
                        .header("Export-Package", "lent")
                        .entry("lent/Lent.class", new byte[0])
                        .write(folder.resolve("lender.jar")),
                TestServer.byHand());

        serves(two, "1.0.0");
    }

    @Test
    void aFileThatCameWhileTheStoreWasAwayIsTakenOnceItIsBack() throws Exception {
        cluster.isAway = true;
        two.drop(module("alpha").version("1.0.0"), "alpha.jar");
        eventually("tried", () -> cluster.refusedTurns.get() > 0);

        cluster.isAway = false;

        serves(two, "1.0.0");
        serves(one, "1.0.0");
    }
}
