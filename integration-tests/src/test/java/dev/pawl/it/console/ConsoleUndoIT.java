package dev.pawl.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.noisy.NoisyModule;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Stops that are taken back: exactly those jobs that were stopped are started again. */
@NeedsProgram("chromium")
class ConsoleUndoIT extends ConsoleCase {

    @Override
    void furnish() {
        api.upload(ModuleJar.of(NoisyModule.class, "1.0.0", folder), "").expect(200);
        api.json("PATCH", "/queue", Map.of("disabled", true)).expect(200);
    }

    @Test
    void allThatWereStoppedByAFilterAreStartedAgainAndNoOther() throws Exception {
        List<String> jobs = IntStream.range(0, 6).mapToObj(this::waiting).toList();
        api.post("/jobs/" + jobs.get(0) + "/stop", Map.of()).expect(200);
        console.open("jobs?q=undo");
        console.await("all rows", "document.querySelectorAll('.grid-row').length === 6");
        console.value("document.querySelector('.grid-row input').click()");
        console.press("Select all");
        console.press("Stop");
        console.awaitText("Stop 5 jobs?");
        console.awaitText("makes new jobs of the same requests");
        console.press("Stop 5 jobs");
        console.awaitText("5 jobs were stopped.");
        console.press("Start again");
        console.awaitText("Retry 5 jobs?");
        console.press("Retry 5 jobs");
        console.awaitText("5 jobs were retried.");
        Eventually.eventually("five wait again", () -> counted("pending") == 5);
        assertEquals(6, counted("stopped"));
        assertEquals(List.of(), console.complaints());
    }

    private int counted(String status) {
        return api.get("/jobs/counts?q=undo")
                .expect(200)
                .at("/counts/" + status)
                .asInt();
    }

    private String waiting(int n) {
        return api.post(
                        "/jobs",
                        Map.of(
                                "job_title",
                                "undo " + n,
                                "tasks",
                                List.of(Map.of("module", "noisy", "data", Map.of("lines", 1)))))
                .expect(200)
                .get("id")
                .asText();
    }
}
