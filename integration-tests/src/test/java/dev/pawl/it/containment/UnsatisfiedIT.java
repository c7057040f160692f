package dev.pawl.it.containment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.needy.NeedyModule;
import dev.pawl.it.modules.thirsty.ThirstyModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules whose dependencies are missing: the server names what is missing, and their jobs continue by themselves once it is there. */
class UnsatisfiedIT {

    private static final String LACKS_A_SERVICE =
            "It lacks a service dev.pawl.it.modules.needy.Paper that matches (size=A4) for its reference paper.";
    private static final String LACKS_WATER =
            "It lacks a service dev.pawl.it.modules.thirsty.ThirstyModule$Water for its reference water."
                    + " The activation of dev.pawl.it.modules.thirsty.EmptyWell failed: The well is dry: dig deeper.";
    private static final String LACKS_A_CONFIGURATION = "It lacks a configuration with the PID dev.pawl.module.choosy.";

    @TempDir
    Path folder;

    private Path data;
    private Server server;
    private Api api;

    @BeforeEach
    void startTheServer() {
        data = folder.resolve("data");
        server = Server.start(data);
        api = server.api();
        api.upload(ModuleJar.of(NeedyModule.class, "1.0.0", folder), "").expect(200);
    }

    @AfterEach
    void stopTheServer() {
        server.close();
    }

    @Test
    void whatIsMissingIsNamedAndJobsGoOnByThemselvesOnceItIsThere() throws Exception {
        String needy = api.start("needy", Map.of());
        String choosy = api.post(
                        "/jobs", Map.of("module_id", "choosy", "inputs", Map.of(), "settings", Map.of("colour", "red")))
                .expect(200)
                .get("id")
                .asText();
        told("needy", needy, LACKS_A_SERVICE);
        told("choosy", choosy, LACKS_A_CONFIGURATION);
        assertTrue(command("module", "show", "needy").contains("Paper that matches (size=A4)"));
        assertTrue(command("module", "show", "choosy").contains("lacks a configuration dev.pawl.module.choosy"));
        assertTrue(command("why", choosy).contains("dev.pawl.module.choosy"));

        JsonNode refused = api.json("PUT", "/modules/choosy/settings", Map.of()).expect(400);
        assertEquals("PAWL-103", refused.get("code").asText());
        assertTrue(refused.get("detail").asText().contains("colour"), refused.toString());
        api.json("PUT", "/modules/choosy/settings", Map.of("colour", "blue")).expect(200);
        assertEquals("completed", api.awaitEnd(needy).get("status").asText());
        assertEquals("completed", api.awaitEnd(choosy).get("status").asText());
        assertEquals(500, api.results(needy).get(0).get("sheets").asInt());
        assertEquals("red", api.results(choosy).get(0).get("colour").asText());
        assertTrue(command("module", "show", "choosy").contains("configured by dev.pawl.module.choosy"));
        assertEquals("ready", api.get("/modules/needy").expect(200).get("state").asText());
    }

    @Test
    void aFailedActivationInTheSameBundleIsTheReasonForWhatIsMissing() throws Exception {
        api.upload(ModuleJar.of(ThirstyModule.class, "1.0.0", folder), "").expect(200);

        told("thirsty", api.start("thirsty", Map.of()), LACKS_WATER);
        assertTrue(command("module", "show", "thirsty").contains("The well is dry: dig deeper."));
    }

    private void told(String module, String job, String lack) {
        JsonNode shown = api.get("/modules/" + module).expect(200);
        assertEquals("unsatisfied", shown.get("state").asText(), shown.toString());
        assertEquals(lack, shown.get("explanation").asText());
        JsonNode why = api.get("/jobs/" + job + "/why").expect(200);
        assertEquals("module_unsatisfied", why.get("code").asText(), why.toString());
        assertTrue(why.get("sentence").asText().endsWith(lack), why.toString());
        assertTrue(why.get("unblocked_by").asText().contains("pawl module show " + module), why.toString());
    }

    private String command(String... arguments) throws Exception {
        Process process = Server.command(data, Path.of(System.getProperty("java.home")), List.of(arguments))
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said.replaceAll("\\s+", " ");
    }
}
