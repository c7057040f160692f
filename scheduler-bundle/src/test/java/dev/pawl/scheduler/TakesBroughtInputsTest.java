package dev.pawl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.Secret;
import dev.pawl.service.job.HookDelivery;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Submission;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kept requests some of whose inputs come with each submission, from callers who are not trusted. */
final class TakesBroughtInputsTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final RunningScheduler server = new RunningScheduler(() -> folder);

    record Deploy(@Required String ref, int count, @Secret String password) {}

    @BeforeEach
    void installAModule() {
        server.modules.put("m", 0, Deploy.class, AutomationModule.NoFields.class, () -> task -> {});
        server.modulesChanged();
    }

    @Test
    void aRequiredInputThatComesLaterIsNotMissedNow() {
        server.scheduler.kept(request(Map.of("count", 2)), null, List.of(Set.of("ref")));
        assertTrue(refusal(Map.of("count", 2), Set.of("password"), ProblemCode.INVALID_INPUT)
                .contains("ref is missing, and no mapping brings it"));
        assertTrue(refusal(Map.of("count", "many"), Set.of("ref"), ProblemCode.INVALID_INPUT)
                .startsWith("count is \"many\""));
        assertTrue(refusal(Map.of(), Set.of("ref", "reff"), ProblemCode.INVALID_INPUT)
                .startsWith("\"reff\" is not an input of m"));
        assertTrue(refusal(Map.of("other", 1), Set.of("ref"), ProblemCode.INVALID_INPUT)
                .startsWith("\"other\" is not an input of m"));
    }

    private String refusal(Map<String, Object> inputs, Set<String> later, ProblemCode code) {
        var refused = assertThrows(
                ProblemException.class, () -> server.scheduler.kept(request(inputs), null, List.of(later)));
        assertEquals(code, refused.code());
        return String.valueOf(refused.getMessage());
    }

    @Test
    void whatIsBroughtTakesThePlaceOfWhatIsKept() {
        JobRequest kept = server.scheduler.kept(
                request(Map.of("ref", "none", "count", 2, "password", "geheim")), null, List.of(Set.of("ref")));
        assertEquals(
                Map.of("ref", "main", "count", 2, "password", "********"),
                brought(kept, List.of(Map.of("ref", "main"))).tasks().get(0).inputs());
        assertEquals("none", brought(kept, List.of()).tasks().get(0).inputs().get("ref"));
    }

    @Test
    void whatIsBroughtIsCheckedAsEveryInput() {
        JobRequest kept = server.scheduler.kept(request(Map.of()), null, List.of(Set.of("ref", "count")));
        var refused = assertThrows(
                ProblemException.class, () -> brought(kept, List.of(Map.of("ref", "main", "count", List.of()))));
        assertEquals(ProblemCode.INVALID_INPUT, refused.code());
        assertThrows(ProblemException.class, () -> brought(kept, List.of(Map.of("count", 1))));
    }

    @Test
    void aTemplateThatIsBroughtIsATextAndOneThatIsKeptSeesWhatIsBrought() {
        JobRequest kept = server.scheduler.kept(
                JobRequest.builder(List.of(
                                new Task("m", Map.of()),
                                new Task("m", Map.of("ref", "{{ tasks[0].ref }}", "count", 1))))
                        .build(),
                null,
                List.of(Set.of("ref"), Set.of()));
        JobRequest whole =
                brought(kept, List.of(Map.of("ref", "{{ tasks[1].password }} \\{{ tasks[0].x }}"), Map.of()));
        assertEquals(
                "{{ tasks[1].password }} \\{{ tasks[0].x }}",
                whole.tasks().get(0).inputs().get("ref"));
        assertEquals(
                "{{ tasks[1].password }} \\{{ tasks[0].x }}",
                whole.tasks().get(1).inputs().get("ref"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${secret:smtp}", "${env:HOME}", "${file:/etc/passwd}", "pawl:sealed:1:AAAA"})
    void aReferenceThatIsBroughtIsRefusedWithItsName(String text) {
        JobRequest kept = server.scheduler.kept(request(Map.of()), null, List.of(Set.of("ref", "password")));
        var refused = assertThrows(
                ProblemException.class, () -> brought(kept, List.of(Map.of("ref", "main", "password", text))));
        assertEquals(ProblemCode.INVALID_INPUT, refused.code());
        assertTrue(String.valueOf(refused.getMessage()).startsWith("password has the form"), refused.getMessage());
    }

    private JobRequest brought(JobRequest kept, List<Map<String, Object>> inputs) {
        var delivery = new HookDelivery("hook", "id", Instant.EPOCH, Duration.ofDays(1), inputs, null);
        return server.scheduler.checked(Submission.of(kept, delivery));
    }

    private static JobRequest request(Map<String, Object> inputs) {
        return JobRequest.builder(List.of(new Task("m", inputs))).build();
    }
}
