package dev.pawl.deploy;

import static dev.pawl.deploy.ModuleJarBuilder.module;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.deploy.HistoryEntry.Action;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.deploy.RollOut;
import dev.pawl.service.event.Event;
import dev.pawl.service.event.EventSink;
import dev.pawl.service.event.ModuleEvent;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.ServerModule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A version is rolled out over two servers with the same records. */
class RollsOutTest {

    @TempDir
    private Path folder;

    private final MemoryCluster cluster = new MemoryCluster();
    private TestServer one;
    private TestServer two;

    @BeforeEach
    void startBothWithAFirstVersion() throws Exception {
        one = new TestServer(folder.resolve("one"), cluster, Map.of());
        two = new TestServer(folder.resolve("two"), cluster, Map.of());
        one.install("1.0.0");
        serves(two, "1.0.0");
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
        eventually("is over", () -> cluster.rollOuts("one").live().isEmpty());
    }

    private Deployed hold(TestServer server, String version) {
        return server.deployer.install(
                server.jar("alpha", version),
                InstallOptions.of(ChangeOptions.by("ann").held()));
    }

    private RollOut live() {
        return two.deployer.rollOut("alpha").orElseThrow();
    }

    private static ProblemException refused(ProblemCode code, Executable change) {
        ProblemException refusal = assertThrows(ProblemException.class, change);
        assertEquals(code, refusal.code());
        return refusal;
    }

    @Test
    void theSecondServerTakesAVersionOnceTheFirstHasProvedHealthy() {
        one.install("2.0.0");
        assertEquals(Optional.of("1.0.0"), two.serving("alpha"));
        assertEquals(
                Optional.of(ServerModule.State.PROVING),
                cluster.said("one", "test.alpha").map(ServerModule::state));

        serves(two, "2.0.0");
        isOver();
        eventually("serves", () -> cluster.said("two", "test.alpha")
                .map(ServerModule::state)
                .equals(Optional.of(ServerModule.State.SERVING)));
    }

    @Test
    void aHeldVersionStaysOnItsServerUntilItIsPromotedThroughAnother() {
        hold(one, "2.0.0");
        eventually("has proved", () -> live().isCalm());
        assertTrue(live().isHeld());
        assertEquals("1.0.0", two.deployer.deployment("alpha").orElseThrow().version());
        assertEquals(Optional.of("1.0.0"), two.serving("alpha"));

        assertEquals("2.0.0", two.deployer.promote("alpha", "ann").to().version());

        serves(two, "2.0.0");
        isOver();
        assertEquals(
                List.of(Action.ROLL_OUT, Action.PROMOTE),
                one.deployer.history("alpha", 2).stream()
                        .map(HistoryEntry::action)
                        .toList());
        refused(ProblemCode.NOTHING_HELD, () -> two.deployer.promote("alpha", "ann"));
    }

    @Test
    void eachMoveOfARollOutIsToldOnTheServersThatDoNotMakeItToo() {
        List<String> told = new CopyOnWriteArrayList<>();
        two.deployer.bindEvents(new EventSink() {
            @Override
            public void add(Event event) {
                ModuleEvent module = (ModuleEvent) event;
                if ("2.0.0".equals(module.version())) { // the first version may still be told
                    told.add(module.change().wireName());
                }
            }

            @Override
            public void lost(String why) {
                throw new AssertionError(why);
            }
        });

        hold(one, "2.0.0");
        eventually("held", () -> told.contains("held"));
        one.deployer.promote("alpha", "ann");
        isOver();

        eventually("over", () -> told.get(told.size() - 1).equals("roll_out"));
        List<String> once =
                told.stream().filter(event -> !event.equals("roll_out")).toList();
        assertEquals(List.of("held", "promoted", "updated"), once);
    }

    @Test
    void aHeldVersionIsTakenBackThroughAnotherServer() {
        hold(one, "2.0.0");

        Deployed back = two.deployer.rollback("alpha", null, ChangeOptions.by("ann"));

        assertEquals("1.0.0", back.deployment().version());
        assertEquals("2.0.0", back.formerVersion());
        serves(one, "1.0.0");
        serves(two, "1.0.0");
        assertEquals(List.of(), cluster.rollOuts("one").live());
    }

    @Test
    void aHeldFirstVersionIsOnOneServerOnlyAndGoesWhenItIsTakenBack() {
        one.deployer.install(
                one.jar("beta", "1.0.0"),
                InstallOptions.of(ChangeOptions.by("ann").held()));
        assertEquals(Optional.of("1.0.0"), one.serving("beta"));

        two.deployer.rollback("beta", null, ChangeOptions.by("ann"));

        eventually("gone", () -> one.serving("beta").isEmpty());
        assertEquals(Optional.empty(), two.serving("beta"));
    }

    @Test
    void aSecondChangeOfTheBundleIsRefusedAndAnotherBundleIsNot() {
        hold(one, "2.0.0");

        ProblemException refusal = refused(ProblemCode.ROLL_OUT_LIVE, () -> two.install("3.0.0"));
        assertTrue(
                refusal.getMessage()
                        .matches(".*test.alpha 1.0.0 -> 2.0.0 is under way: ann began it on server one .*held.*"),
                refusal::getMessage);
        refused(ProblemCode.ROLL_OUT_LIVE, () -> one.deployer.disable("alpha", ChangeOptions.by("ann")));
        refused(ProblemCode.ROLL_OUT_LIVE, () -> one.deployer.uninstall("alpha", ChangeOptions.by("ann")));
        refused(ProblemCode.ROLL_OUT_LIVE, () -> two.deployer.rollback("alpha", "0.9.0", ChangeOptions.by("ann")));
        two.install("beta", "1.0.0");
    }

    @Test
    void aServerThatIsLostWhileItProvesTakesTheVersionBackOnAll() throws Exception {
        one.close();
        one.start(Map.of("pawl.roll.out.proving", "10m"));
        hold(one, "2.0.0");
        cluster.lost.add("one");

        eventually("taken back", () -> cluster.rollOuts("two").live().isEmpty());

        assertEquals("1.0.0", cluster.records.current().get(0).version());
        assertTrue(
                two.deployer.history("alpha", 1).get(0).detail().contains("Server one was lost"),
                () -> two.deployer.history("alpha", 1).toString());
        serves(two, "1.0.0");
    }

    @Test
    void aServerThatIsLostBeforeItStartedTheVersionIsPassedOver() {
        hold(one, "2.0.0");
        eventually("has proved", () -> live().isCalm());
        MemoryRollOuts third = new MemoryRollOuts(cluster, "three");
        one.deployer.promote("alpha", "ann");
        cluster.lost.add("three");
        third.takeStep(live(), Duration.ofMinutes(1));

        serves(two, "2.0.0");
        isOver();
    }

    @Test
    void whenTheServerOfAHeldVersionIsLostAnotherTakesItsPlaceOnce() {
        hold(one, "2.0.0");
        eventually("has proved", () -> live().isCalm());
        cluster.lost.add("one");

        serves(two, "2.0.0");
        assertTrue(live().isHeld());
        assertEquals(1, live().losses());
    }

    @Test
    void aServerThatStartsAmidAHeldRollOutHasTheVersionBefore() throws Exception {
        hold(one, "2.0.0");
        eventually("has proved", () -> live().isCalm());

        two.restart();

        serves(two, "1.0.0");
        assertTrue(live().isHeld());
    }

    @Test
    void aSingleServerHasNothingToHold() throws Exception {
        TestServer alone = TestServer.with(folder.resolve("alone"), Map.of());
        try {
            refused(ProblemCode.NOTHING_TO_HOLD, () -> hold(alone, "1.0.0"));
            refused(ProblemCode.NOTHING_HELD, () -> alone.deployer.promote("alpha", "ann"));
            assertEquals(Optional.empty(), alone.deployer.rollOut("alpha"));
        } finally {
            alone.close();
        }
    }

    private static boolean refusesAlphaFor(TestServer server, String reason) {
        return server.deployer.reload().failed().stream()
                .anyMatch(refusal -> refusal.error().contains(reason));
    }

    @Test
    void aFileOfTheFolderThatCameAmidARollOutIsTriedAgainAfterIt() throws Exception {
        hold(one, "2.0.0");
        two.drop(module("alpha").version("3.0.0"), "alpha.jar");
        eventually("refused", () -> refusesAlphaFor(two, "is under way"));
        eventually("has proved", () -> live().isCalm());

        one.deployer.promote("alpha", "ann");

        serves(two, "3.0.0");
        serves(one, "3.0.0");
    }
}
