package dev.pawl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.AdminOnly;
import dev.pawl.api.module.AutomationModule.NoFields;
import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Module;
import dev.pawl.scheduler.catalog.LiveCatalog;
import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ChangesSettingsTest {

    /** Settings of the first version. */
    public record Limits(
            @Default("1") @Bounds(min = 1, max = 100) int most) {}

    /** Settings of a later version, with tighter limits. */
    public record TighterLimits(
            @Default("1") @Bounds(min = 1, max = 10) int most) {}

    /** Settings of which a job may override one. */
    public record Guarded(
            @AdminOnly @Default("none") String allowedHosts,
            @Default("1") int most) {}

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final FakeModules modules = running.modules;
    private final CountDownLatch letGo = running.letGo;
    private final Module module = task -> {
        task.emit(Map.of("began", task.settings().get("most")));
        task.checkpoint(Map.of());
        letGo.await();
        task.emit(Map.of("ended", task.settings().get("most")));
    };
    private ModuleCatalog catalog;

    @BeforeEach
    void start() {
        catalog = new LiveCatalog(
                modules, modules, id -> false, id -> false, id -> List.of(), id -> Optional.empty(), List::of);
        modules.put("limited", 0, NoFields.class, Limits.class, () -> module);
        running.modulesChanged();
    }

    @Test
    void aRunningTaskKeepsItsSettingsAndANewOneHasTheNew() {
        catalog.configure("limited", Map.of("most", 5));
        String old = running.startAndAwaitAResult("limited");
        catalog.configure("limited", Map.of("most", 7));
        String young = running.startAndAwaitAResult("limited");
        letGo.countDown();
        running.awaitStatus(old, JobStatus.COMPLETED);
        running.awaitStatus(young, JobStatus.COMPLETED);
        assertEquals(List.of("{\"began\":5}", "{\"ended\":5}"), running.results(old));
        assertEquals(List.of("{\"began\":7}", "{\"ended\":7}"), running.results(young));
    }

    @Test
    void aJobCannotOverrideASettingThatOnlyAnAdminConfigures() {
        modules.put("guarded", 0, NoFields.class, Guarded.class, () -> task -> {});
        running.modulesChanged();
        catalog.configure("guarded", Map.of("allowed_hosts", "example.com"));
        for (String spelling : List.of("allowed_hosts", "allowedHosts")) {
            JobRequest overriding = RunningScheduler.request("guarded")
                    .settings(Map.of(spelling, "*"))
                    .build();
            CompletionException thrown = assertThrows(CompletionException.class, () -> running.start(overriding));
            ProblemException refused = assertInstanceOf(ProblemException.class, thrown.getCause());
            assertEquals(ProblemCode.INVALID_SETTING, refused.code());
            assertEquals(
                    spelling + " is a setting of guarded that no job can override; an admin configures it: "
                            + "`pawl module settings guarded -s " + spelling + "=…`.",
                    refused.getMessage());
        }
    }

    @Test
    void aTaskThatWasMovedKeepsTheSettingsItBeganWith() {
        catalog.configure("limited", Map.of("most", 5));
        String id = running.startAndAwaitAResult("limited");
        catalog.configure("limited", Map.of("most", 7));
        running.drain.drain(List.of("limited"), UpdateMode.NOW, Duration.ZERO, ParkReason.MODULE_UPDATE);
        running.drain.release(List.of("limited"));
        letGo.countDown();
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertTrue(running.results(id).contains("{\"ended\":5}"), () -> running.results(id)
                .toString());
    }

    @Test
    void aBadValueIsRefusedAndTheOldOneStays() {
        catalog.configure("limited", Map.of("most", 5));
        ProblemException refused =
                assertThrows(ProblemException.class, () -> catalog.configure("limited", Map.of("most", 1000)));
        assertEquals(ProblemCode.INVALID_SETTING, refused.code());
        assertEquals(5, catalog.settings("limited").get("most"));
    }

    @Test
    void aVersionThatDoesNotTakeWhatIsConfiguredSaysSoAndRefusesJobs() {
        catalog.configure("limited", Map.of("most", 50));
        modules.put("limited", 0, NoFields.class, TighterLimits.class, () -> module)
                .version("2.0.0");
        List<String> warnings = catalog.module("limited").orElseThrow().warnings();
        assertTrue(
                warnings.size() == 1 && warnings.get(0).contains("does not take the settings that are configured"),
                warnings::toString);
        CompletionException refused = assertThrows(CompletionException.class, () -> running.start("limited"));
        assertTrue(refused.getMessage().contains("most"), refused::getMessage);

        catalog.configure("limited", Map.of("most", 9));
        assertEquals(List.of(), catalog.module("limited").orElseThrow().warnings());
        running.startAndAwaitAResult("limited");
    }
}
