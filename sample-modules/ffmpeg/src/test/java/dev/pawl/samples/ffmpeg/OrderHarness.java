package dev.pawl.samples.ffmpeg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Turns a job file's {@code data} into the arguments for FFmpeg, without FFmpeg. */
final class OrderHarness {

    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};

    private final Path root;
    private final Map<String, Map<String, Object>> optionSets = new LinkedHashMap<>();

    OrderHarness(Path root) {
        this.root = root;
    }

    static Map<String, Object> json(String text) {
        try {
            return new ObjectMapper()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readValue(text, OBJECT);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    OrderHarness optionSet(String name, String document) {
        optionSets.put(name, json(document));
        return this;
    }

    OrderHarness file(String name) throws IOException {
        Files.writeString(root.resolve(name), "not empty");
        return this;
    }

    /** The arguments as a list; the output is {@code /out.mkv}. */
    List<String> arguments(String data) {
        AtomicReference<List<String>> arguments = new AtomicReference<>(List.of());
        HarnessRun run =
                run(data, task -> arguments.set(Order.of(task).command().arguments(Path.of("/out.mkv"))));
        if (run.outcome() != Outcome.COMPLETED) {
            throw new AssertionError(run.outcome() + ": " + run.thrown(), run.thrown());
        }
        return arguments.get();
    }

    /** The sentence by which the data is refused; empty when it is not. */
    String refusal(String data) {
        HarnessRun run = run(data, Order::of);
        return run.thrown() == null ? "" : String.valueOf(run.thrown().getMessage());
    }

    private interface Step {
        void of(TaskContext task) throws Exception;
    }

    private HarnessRun run(String data, Step step) {
        JobHarness job = JobHarness.of(() -> (Module) step::of)
                .inputs(json(data))
                .settings(Map.of("root", root.toString()))
                .roots(root);
        optionSets.forEach((name, document) -> job.data().put(name, document));
        return job.run();
    }

    /** The arguments in which only these differ from job to job. */
    List<String> expected(List<String> beforeSources, List<String> sources, List<String> afterSources) {
        List<String> all = new ArrayList<>(
                List.of("-nostdin", "-hide_banner", "-nostats", "-loglevel", "warning", "-progress", "pipe:1", "-y"));
        all.addAll(beforeSources);
        for (String source : sources) {
            all.addAll(List.of("-protocol_whitelist", "file", "-format_whitelist", ReadableFormats.LIST));
            all.addAll(List.of("-i", "file:" + root.resolve(source)));
        }
        all.addAll(afterSources);
        all.add("file:/out.mkv");
        return all;
    }
}
