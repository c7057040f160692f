package dev.pawl.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Measures modules in Python: the start of a task's process beside that of Python alone, and results through the pipe. */
final class ProcessesBenchmark implements Benchmark {

    private static final double START_BUDGET = 1.3;
    private static final double WARM_BUDGET = 500;
    private static final double RESULTS_BUDGET = 100_000;
    private static final String PYTHON = "import sys; print(sys.executable)";
    private static final String MANIFEST = """
            {"id": "ID", "name": "Yields", "version": "1.0.0", "results": "exact", "reuse": REUSE,
             "inputs": [{"id": "to", "type": "integer", "default": 0}]}
            """;
    private static final String CODE = """
            from sweatpants import Module
            class Yields(Module):
                async def run(self, inputs, settings):
                    for n in range(inputs.get("to", 0)):
                        yield {"n": n}
            """;

    @Override
    public String name() {
        return "processes";
    }

    @Override
    public String title() {
        return "Modules in Python";
    }

    /** The size is the number of results of a job. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int results = scale.first(10_000, 500_000);
        int starts = scale.size(3, 50);
        try (Workspace folder = Workspace.create(name());
                Service pawl = Service.pawl(folder.resolve("data"))) {
            Path module = install(pawl, folder, "yields", false);
            install(pawl, folder, "warm", true);
            seconds(pawl, 1); // which unpacks the files and compiles them
            Path shims = shims(folder.resolve("data"));
            String python = output(List.of("python3", "-c", PYTHON)).strip();
            Sample bare = new Sample();
            Sample worker = new Sample();
            for (int n = 0; n < starts; n++) {
                bare.addNanos(nanos(List.of(python, "-c", "pass"), ""));
                worker.addNanos(nanos(worker(python, shims), start(module, 0)));
            }
            double ratio = worker.median() / bare.median();
            double noStart = nanos(worker(python, shims), start(module, results)) / 1e9 - worker.median() / 1e3;
            double through = results / noStart;
            double stored = results / seconds(pawl, results);
            double warm = warmRate(pawl, scale.size(200, 10_000));
            double cold = rate(pawl, "yields", scale.size(20, 200));
            return List.of(
                    Row.of("no-op jobs, `reuse: true`", "16 slots, over HTTP", Sample.of(warm), "jobs/s")
                            .against("a process for each", warm / cold)
                            .atLeast(WARM_BUDGET, "/s", warm),
                    Row.of("no-op jobs, a process for each", "16 slots, over HTTP", Sample.of(cold), "jobs/s"),
                    Row.of("process of a task, to its end", "no results", worker, "ms")
                            .against("`python3 -c pass`", ratio)
                            .atMost(START_BUDGET, " ×", ratio),
                    Row.of("results into the pipe", results + " results of one task", Sample.of(through), "results/s")
                            .atLeast(RESULTS_BUDGET, "/s", through),
                    Row.of("results on disk", results + " results of one job", Sample.of(stored), "results/s"));
        }
    }

    private static Path install(Service pawl, Workspace folder, String id, boolean reuse) throws IOException {
        Path module = Files.createDirectories(folder.resolve(id));
        Files.writeString(
                module.resolve("module.json"), MANIFEST.replace("ID", id).replace("REUSE", String.valueOf(reuse)));
        Files.writeString(module.resolve("main.py"), CODE);
        pawl.client().post("/modules/install", "{\"source_path\":\"" + module + "\"}");
        return module;
    }

    private static double warmRate(Service pawl, int jobs) throws IOException, InterruptedException {
        rate(pawl, "warm", jobs / 4); // which starts the processes
        return rate(pawl, "warm", jobs);
    }

    private static double rate(Service pawl, String module, int jobs) throws IOException, InterruptedException {
        long began = System.nanoTime();
        JobLoad.post(pawl.url(), "{\"module_id\":\"" + module + "\",\"inputs\":{}}", jobs);
        JobLoad.awaitIdle(pawl.client());
        return jobs / ((System.nanoTime() - began) / 1e9);
    }

    private static List<String> worker(String python, Path shims) {
        return List.of(
                python,
                "-I",
                "-X",
                "utf8",
                "-c",
                "import sys; sys.path.insert(0, sys.argv.pop(1)); import pawl_worker",
                shims.toString());
    }

    private static String start(Path module, int results) {
        return "{\"type\":\"start\",\"protocol\":[1,1],\"next\":\"run\",\"job\":\"x\",\"task\":0,\"inputs\":{\"to\":"
                + results
                + "},\"settings\":{},\"checkpoint\":{},\"work_dir\":\"/tmp\",\"module\":\"yields\",\"module_dir\":\""
                + module
                + "\",\"entrypoint\":\"main.py\",\"results\":\"exact\"}\n";
    }

    /** The time from the start of a process to its end, its output read. */
    private static long nanos(List<String> command, String input) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Process process = new ProcessBuilder(command).start();
        OutputStream in = process.getOutputStream();
        in.write(input.getBytes(StandardCharsets.UTF_8));
        in.flush();
        process.getInputStream().transferTo(OutputStream.nullOutputStream());
        process.waitFor();
        return System.nanoTime() - began;
    }

    private static String output(List<String> command) throws IOException {
        return new String(new ProcessBuilder(command).start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Where the server has unpacked the worker's files. */
    private static Path shims(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("cache"))) {
            return files.filter(file -> file.endsWith("shims/python"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The time of a job with that many results, from its request to its end. */
    private static double seconds(Service pawl, int results) throws IOException {
        long began = System.nanoTime();
        String id = pawl.client()
                .post("/jobs", "{\"module_id\":\"yields\",\"inputs\":{\"to\":" + results + "}}")
                .get("id")
                .asText();
        JobLoad.awaitIdle(pawl.client());
        JsonNode job = pawl.client().get("/jobs/" + id);
        if (!job.get("status").asText().equals("completed")) {
            throw new IOException("The job did not complete: " + job);
        }
        return (System.nanoTime() - began) / 1e9;
    }
}
