package dev.pawl.scheduler.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Default;
import dev.pawl.api.module.Secret;
import dev.pawl.scheduler.schema.RecordSchema;
import dev.pawl.scheduler.schema.ValueSchema;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TaskTemplatesTest {

    record Encode(
            String outputFile,
            @Default("mkv") String format,
            @Secret String password) {}

    private static final Task ENCODE = new Task(
            "encode",
            Map.of(
                    "output_file", "/media/film.mkv",
                    "password", "hunter2",
                    "sources", List.of(Map.of("name", "a", "track", 3))));

    private static Optional<ValueSchema> schema(String module) {
        return module.equals("encode") ? Optional.of(RecordSchema.of(Encode.class)) : Optional.empty();
    }

    private static JobRequest resolve(Task... tasks) {
        return TaskTemplates.resolved(
                JobRequest.builder(List.of(tasks)).title("t").priority(7).build(), TaskTemplatesTest::schema);
    }

    private static Object second(Object value) {
        return resolve(ENCODE, new Task("move", Map.of("x", value)))
                .tasks()
                .get(1)
                .inputs()
                .get("x");
    }

    private static ProblemException refusal(Object value) {
        return assertThrows(ProblemException.class, () -> second(value));
    }

    @Test
    void aTemplateBecomesTheInputOfTheEarlierTask() {
        assertEquals("/media/film.mkv", second("{{ tasks[0].output_file }}"));
        assertEquals("/done/film: /media/film.mkv!", second("/done/film: {{tasks[0].output_file}}!"));
        assertEquals(
                List.of(Map.of("source", "/media/film.mkv")),
                second(List.of(Map.of("source", "{{ tasks[0].output_file }}"))));
    }

    @Test
    void aTemplateThatIsTheWholeTextKeepsTheTypeOfTheValue() {
        assertEquals(3, second("{{ tasks[0].sources[0].track }}"));
        assertEquals("track 3", second("track {{ tasks[0].sources[0].track }}"));
        assertEquals(Map.of("name", "a", "track", 3), second("{{ tasks[0].sources[0] }}"));
    }

    @Test
    void aDefaultOfTheModuleIsAnInputToo() {
        assertEquals("mkv", second("{{ tasks[0].format }}"));
    }

    @Test
    void aChainOfTemplatesIsResolvedInOrder() {
        JobRequest request = resolve(
                ENCODE,
                new Task("move", Map.of("to", "/done{{ tasks[0].output_file }}")),
                new Task("mail", Map.of("text", "see {{ tasks[1].to }}")));

        assertEquals("see /done/media/film.mkv", request.tasks().get(2).inputs().get("text"));
        assertEquals(7, request.priority());
    }

    @Test
    void otherBracesAndEscapedTemplatesStayText() {
        assertEquals("{{ name }} {{tasksome}} {x}", second("{{ name }} {{tasksome}} {x}"));
        assertEquals("{{ tasks[0].output_file }}", second("\\{{ tasks[0].output_file }}"));
        assertEquals("a {{ tasks[0].x }} /media/film.mkv", second("a \\{{ tasks[0].x }} {{ tasks[0].output_file }}"));
        JobRequest plain = JobRequest.builder(List.of(ENCODE)).build();
        assertSame(plain, TaskTemplates.resolved(plain, TaskTemplatesTest::schema));
    }

    @Test
    void aTemplateThatNamesNothingIsRefusedWithItsText() {
        for (String wrong : List.of(
                "{{ tasks[0].nothing }}",
                "{{ tasks[0].sources[1] }}",
                "{{ tasks[0].output_file.name }}",
                "{{ tasks[1].x }}",
                "{{ tasks[99].x }}",
                "{{ tasks[0] }}",
                "{{ tasks[-1].x }}",
                "{{ tasks.encode.x }}",
                "all of {{ tasks[0].sources }}")) {
            ProblemException refused = refusal(wrong);

            assertEquals(ProblemCode.INVALID_INPUT, refused.code());
            String template = wrong.substring(wrong.indexOf("{{"));
            assertTrue(refused.getMessage().contains("template " + template), refused.getMessage());
        }
    }

    @Test
    void aSecretIsNotCopied() {
        assertTrue(refusal("{{ tasks[0].password }}").getMessage().contains("names a secret of module encode"));
    }

    @Test
    void aValueThatGrowsFromTaskToTaskIsRefused() {
        List<Task> tasks = new ArrayList<>(List.of(new Task("a", Map.of("x", "0123456789"))));
        for (int i = 0; i < 60; i++) {
            tasks.add(new Task("a", Map.of("x", List.of("{{ tasks[" + i + "].x }}", "{{ tasks[" + i + "].x }}"))));
        }

        ProblemException refused = assertThrows(ProblemException.class, () -> resolve(tasks.toArray(Task[]::new)));

        assertEquals(ProblemCode.TOO_LARGE, refused.code());
    }
}
