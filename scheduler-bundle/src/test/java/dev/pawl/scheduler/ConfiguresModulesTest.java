package dev.pawl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.Secret;
import dev.pawl.scheduler.catalog.LiveCatalog;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfiguresModulesTest {

    private final FakeModules modules = new FakeModules();
    private final LiveCatalog catalog = new LiveCatalog(
            modules, modules, id -> false, id -> false, id -> List.of(), id -> Optional.empty(), List::of);

    record Settings(
            @Required String server,
            @Default("25") @Bounds(min = 1, max = 65_535) int port,
            @Secret String password) {}

    @BeforeEach
    void install() {
        modules.put("mail", 2, AutomationModule.NoFields.class, Settings.class, () -> task -> {});
        catalog.configure("mail", Map.of("server", "a.example", "password", "hidden"));
    }

    @Test
    void aSettingThatIsRequiredCannotBeLeftOut() {
        refused(Map.of("port", 30));
        refused(Map.of());
    }

    @Test
    void aWrongValueIsRefused() {
        refused(Map.of("server", "b.example", "port", 0));
        refused(Map.of("server", "b.example", "colour", "red"));
        refused(Map.of("server", "b.example", "pawl.concurrency", -1));
    }

    @Test
    void defaultsAreShownAndNotStored() {
        assertEquals(Map.of("server", "a.example", "password", "hidden"), modules.configured("mail"));
        assertEquals(
                Map.of("server", "a.example", "port", 25, "password", "********"),
                Map.copyOf(catalog.settings("mail")));
    }

    @Test
    void aMaskedSecretKeepsItsValue() {
        catalog.configure("mail", Map.of("server", "b.example", "password", "********"));
        assertEquals(Map.of("server", "b.example", "password", "hidden"), modules.configured("mail"));
    }

    @Test
    void theLimitOfTheAuthorIsOverriddenBesideTheSettings() {
        assertEquals(2, catalog.module("mail").orElseThrow().concurrency());
        catalog.configure("mail", Map.of("server", "a.example", "pawl.concurrency", 7));
        assertEquals(7, catalog.module("mail").orElseThrow().concurrency());
        assertEquals(7, catalog.settings("mail").get("pawl.concurrency"));
    }

    /** Asserts that the settings are refused and the previous ones kept. */
    private void refused(Map<String, Object> settings) {
        Map<String, Object> before = modules.configured("mail");
        ProblemException refused = assertThrows(ProblemException.class, () -> catalog.configure("mail", settings));
        assertEquals(ProblemCode.INVALID_SETTING, refused.code());
        assertEquals(before, modules.configured("mail"));
    }
}
