package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.needy.NeedyModule;
import dev.pawl.it.modules.rogue.RogueModule;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pages of modules in trouble: with threads that were left behind, and with services that are missing. */
@NeedsProgram("chromium")
class ConsoleThreadsIT extends ConsoleCase {

    private static final String CALL = "dev.pawl.it.modules.rogue.Misbehaviour";

    @Override
    Map<String, String> environment() {
        return Map.of("PAWL_STOP_GRACE", "1s", "PAWL_STOP_ABANDON", "1s");
    }

    @Test
    void aThreadThatWasLeftBehindIsShownWithItsStackToThoseWhoMayAct() throws Exception {
        api.upload(ModuleJar.of(RogueModule.class, "1.0.0", folder), "").expect(200);
        String job = api.start("rogue", Map.of("deed", "SPIN"));
        Eventually.eventually(
                "its code runs",
                () -> api.get("/jobs/" + job + "/logs").expect(200).toString().contains("at it"));
        api.post("/jobs/" + job + "/stop", Map.of()).expect(200);
        console.open("modules/rogue?tab=health");
        console.awaitText("Threads left behind");
        console.value("document.querySelector('main details').open = true");
        console.awaitText("at " + CALL);
        console.awaitText(job.substring(0, 8));
        console.assertSound("threads");
        console.picture("module-threads");

        asRole("viewer");
        console.open("modules/rogue?tab=health");
        console.awaitText("operators see where they are");
        assertFalse(console.value("fetch('/modules/rogue').then(answer => answer.text())")
                .asText()
                .contains(CALL));
        assertEquals("", controls());
    }

    @Test
    void whatAModuleWaitsForIsNamed() throws Exception {
        api.upload(ModuleJar.of(NeedyModule.class, "1.0.0", folder), "").expect(200);
        console.open("modules");
        console.awaitText("unsatisfied");
        console.open("modules/needy?tab=health");
        console.awaitText("What it waits for");
        console.awaitText("dev.pawl.it.modules.needy.Paper that matches (size=A4)");
        console.assertSound("a module that lacks something");
        assertEquals(List.of(), console.complaints());
    }
}
