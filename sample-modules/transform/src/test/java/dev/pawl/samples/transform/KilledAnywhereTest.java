package dev.pawl.samples.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends a run before and after each checkpoint and after each record: the next run writes the same bytes as an undisturbed one. */
final class KilledAnywhereTest {

    private static final int RECORDS = 5;

    private static final Path MEMORY = Path.of("/dev/shm");

    private Path folder;
    private Path work;

    @BeforeEach
    void writeSources() throws IOException {
        folder = Files.isWritable(MEMORY) // many thousand syncs
                ? Files.createTempDirectory(MEMORY, "pawl")
                : Files.createTempDirectory("pawl");
        work = Files.createDirectory(folder.resolve("work"));
        StringBuilder csv = new StringBuilder("\uFEFFid,text,group\r\n");
        StringBuilder lines = new StringBuilder();
        StringBuilder array = new StringBuilder("[");
        StringBuilder xml = new StringBuilder("<?xml version='1.0'?>\n<root>\n<!-- <r> -->");
        for (int n = 0; n < RECORDS; n++) {
            String text = "ä\n\"\"東 " + "x".repeat(n);
            csv.append(n)
                    .append(",\"")
                    .append(text)
                    .append("\",")
                    .append(n % 3)
                    .append(n == 3 ? ",too many" : "")
                    .append("\r\n");
            String json = "{\"id\":" + n + ",\"text\":\"ä\\n" + "東".repeat(n) + "\",\"group\":" + n % 3
                    + (n == 3 ? "]}" : "}");
            lines.append(json).append("\n\n");
            array.append(n > 0 ? " ,\n" : "").append(n == 3 ? "4" : json);
            xml.append("<r id='")
                    .append(n)
                    .append("'><text>ä\n")
                    .append("東".repeat(n))
                    .append(n == 3 ? "&no;" : "")
                    .append("</text><group>")
                    .append(n % 3)
                    .append("</group></r>\n");
        }
        Files.writeString(folder.resolve("s.csv"), csv);
        Files.writeString(folder.resolve("s.jsonl"), lines);
        Files.writeString(folder.resolve("s.json"), array.append("\n]\n"));
        Files.writeString(folder.resolve("s.xml"), xml.append("</root>\n"));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("s.csv.gz")))) {
            out.write(csv.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @AfterEach
    void removeFolder() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private JobHarness job(String source, String output, Supplier<Module> module) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("source", folder.resolve(source).toString());
        inputs.put("output", folder.resolve(output).toString());
        inputs.put("rejects", folder.resolve(output + ".bad").toString());
        inputs.put("on_error", "skip");
        inputs.put("where", List.of(Map.of("field", "id", "op", "ne", "value", 4)));
        inputs.put("chart", Map.of("field", "group"));
        return JobHarness.of(module)
                .roots(folder)
                .workDir(work)
                .settings(Map.of("checkpoint_s", 0))
                .inputs(inputs);
    }

    private Map<String, String> files(String output) throws IOException {
        return Map.of(
                "output", Files.readString(folder.resolve(output)),
                "rejects", Files.readString(folder.resolve(output + ".bad")),
                "chart", Files.readString(work.resolve("artifacts/chart.svg")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s.csv>csv", "s.csv>json", "s.jsonl>xml", "s.json>json", "s.xml>csv", "s.csv.gz>jsonl"})
    void theOutputIsThatOfAnUndisturbedRun(String way) throws IOException {
        String source = way.substring(0, way.indexOf('>'));
        String ending = way.substring(way.indexOf('>') + 1);
        HarnessRun undisturbed =
                job(source, "whole." + ending, TransformModule::new).run();
        assertEquals(Outcome.COMPLETED, undisturbed.outcome(), () -> String.valueOf(undisturbed.thrown()));
        assertEquals(RECORDS, undisturbed.results().get(0).get("read"));
        assertEquals(1, undisturbed.results().get(0).get("rejected"), () -> undisturbed
                .lines()
                .toString());
        Map<String, String> whole = files("whole." + ending);
        for (int call = 1; ; call++) {
            String output = "killed-" + call + "." + ending;
            AtomicInteger left = new AtomicInteger(call);
            JobHarness job = job(source, output, () -> dying(left));
            HarnessRun killed = job.run();
            if (left.get() > 0) {
                assertTrue(call > 2 * RECORDS, "it was killed at " + call + " places");
                return;
            }
            assertNotEquals(Outcome.COMPLETED, killed.outcome());
            left.set(Integer.MAX_VALUE);
            HarnessRun resumed = job.run();
            assertEquals(Outcome.COMPLETED, resumed.outcome(), () -> String.valueOf(resumed.thrown()));
            assertEquals(whole, files(output), "killed at call " + call);
        }
    }

    /** A module whose process dies at a call of its context: what it has written stays as it is, and nothing is cleaned up. */
    private static Module dying(AtomicInteger left) {
        TransformModule module = new TransformModule();
        return new Module() {
            @Override
            public void validate(TaskContext task) throws ValidationException {
                module.validate(task);
            }

            @Override
            public void run(TaskContext task) throws Exception {
                module.run(counting(task, left));
            }

            @Override
            public void cleanup(TaskContext task) {}
        };
    }

    private static TaskContext counting(TaskContext task, AtomicInteger left) {
        return (TaskContext) Proxy.newProxyInstance(
                TaskContext.class.getClassLoader(), new Class<?>[] {TaskContext.class}, (proxy, method, arguments) -> {
                    boolean saves = method.getName().equals("checkpoint") && arguments.length == 1;
                    if (saves && left.decrementAndGet() == 0) {
                        throw new Death(); // before it is on disk
                    }
                    try {
                        Object result = method.invoke(task, arguments);
                        boolean after = saves || method.getName().equals("emit");
                        if (after && left.decrementAndGet() == 0) {
                            throw new Death();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void whatWasWrittenAfterTheLastCheckpointIsCutOff() throws IOException {
        AtomicInteger left = new AtomicInteger(12);
        JobHarness job = job("s.csv", "o.csv", () -> dying(left));
        job.run();
        left.set(Integer.MAX_VALUE);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path hidden : files.filter(
                            file -> file.getFileName().toString().startsWith(".pawl-"))
                    .toList()) {
                Files.writeString(hidden, "of another version".repeat(1000), StandardOpenOption.APPEND);
            }
        }

        job.run();

        job("s.csv", "whole.csv", TransformModule::new).run();
        assertEquals(files("whole.csv"), files("o.csv"));
    }

    @Test
    void aSourceThatWasChangedMeanwhileIsNotReadOn() throws IOException {
        AtomicInteger left = new AtomicInteger(8);
        JobHarness job = job("s.csv", "o.csv", () -> dying(left));
        job.run();
        Files.writeString(folder.resolve("s.csv"), "id,text,group\n");

        assertTrue(String.valueOf(job.run().thrown()).contains("was changed while the job was interrupted"));
    }

    @Test
    void aCheckpointOfALaterFormatIsRefused() throws IOException {
        HarnessRun run = job("s.csv", "o.csv", TransformModule::new)
                .from(Map.of("format", 99, "offset", 7), "9.0.0")
                .run();

        assertEquals(Outcome.MIGRATION_FAILED, run.outcome());
        assertTrue(String.valueOf(run.thrown()).contains("saved its checkpoint in format 99"));
    }
}
