package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.noop.NoOpModule;
import dev.pawl.benchmarks.peer.BareJetty;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Measures the rate of {@code POST /jobs} compared with an empty servlet that parses the same JSON: while the jobs run, and alone. */
public final class SubmitBenchmark {

    private SubmitBenchmark() {}

    /** Takes the number of jobs, 20,000 by default. A quarter as many run first, for warm-up. */
    public static void main(String[] arguments) throws Exception {
        int jobs = arguments.length == 0 ? 20_000 : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("pawl-submit");
        double empty;
        try (Service service = Service.java(BareJetty.class, List.of("-XX:+UseSerialGC"), folder.resolve("jetty"))) {
            JobLoad.post(service.url(), jobs / 4);
            empty = jobs / JobLoad.post(service.url(), jobs);
        }
        try (Service pawl = Service.pawl(folder.resolve("data"))) {
            Client client = pawl.client();
            client.upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder));
            JobLoad.post(pawl.url(), jobs / 4);
            JobLoad.awaitIdle(client);
            double posted = jobs / JobLoad.post(pawl.url(), jobs);
            JobLoad.awaitIdle(client);
            client.send("PATCH", "/queue", "application/json", BodyPublishers.ofString("{\"disabled\":true}"));
            double waiting = jobs / JobLoad.post(pawl.url(), jobs);
            Figures.line("empty servlet, %d clients: %.0f requests/s", JobLoad.CLIENTS, empty);
            Figures.line(
                    "POST /jobs while they run, %d clients: %.0f requests/s, ratio %.2f",
                    JobLoad.CLIENTS, posted, posted / empty);
            Figures.line(
                    "POST /jobs alone, the queue paused, %d clients: %.0f requests/s, ratio %.2f (budget 0.4)",
                    JobLoad.CLIENTS, waiting, waiting / empty);
        }
    }
}
