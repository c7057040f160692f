package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.noop.NoOpModule;
import dev.pawl.benchmarks.peer.BareJetty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** No-op jobs over HTTP: the rate of {@code POST /jobs} beside an empty servlet, and of jobs run to their end. */
public final class SubmitBenchmark {

    private SubmitBenchmark() {}

    /** Takes the number of jobs; 20,000 when none is given. A quarter as many go before, uncounted. */
    public static void main(String[] arguments) throws Exception {
        int jobs = arguments.length == 0 ? 20_000 : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("pawl-submit");
        double empty;
        try (Service service = Service.java(BareJetty.class, List.of("-XX:+UseSerialGC"), folder.resolve("jetty"))) {
            JobLoad.post(service.client(), jobs / 4);
            empty = jobs / JobLoad.post(service.client(), jobs);
        }
        try (Service pawl = Service.pawl(folder.resolve("data"))) {
            Client client = pawl.client();
            client.upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder));
            JobLoad.post(client, jobs / 4);
            JobLoad.awaitIdle(client);
            long began = System.nanoTime();
            double posted = jobs / JobLoad.post(client, jobs);
            JobLoad.awaitIdle(client);
            double ended = jobs / ((System.nanoTime() - began) / 1e9);
            Figures.line("empty servlet, %d clients: %.0f requests/s", JobLoad.CLIENTS, empty);
            Figures.line(
                    "POST /jobs while they run, %d clients: %.0f requests/s, ratio %.2f",
                    JobLoad.CLIENTS, posted, posted / empty);
            Figures.line("no-op jobs, submitted over HTTP and run to their end: %.0f jobs/s", ended);
        }
    }
}
