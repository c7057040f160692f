package dev.pawl.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.benchmarks.modules.noop.NoOpModule;
import dev.pawl.benchmarks.peer.BareFramework;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the time until a new version of a module is available, uploaded over HTTP and dropped into the modules folder, compared with
 * install and start in a bare framework.
 */
public final class InstallBenchmark {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final Duration REST = Duration.ofMillis(50);

    private InstallBenchmark() {}

    /** Takes the number of rounds of each, 60 by default. A third as many rounds run first, for warm-up. */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length == 0 ? 60 : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("pawl-install");
        List<Path> jars = new ArrayList<>();
        for (int n = 0; n < rounds + rounds / 3; n++) {
            jars.add(ModuleJar.of(NoOpModule.class, "1.0." + n, folder.resolve("jars")));
        }
        Figures bare = new Figures("bare framework: install + start until the service is there");
        try (BareFramework framework = BareFramework.start(folder.resolve("bare"))) {
            for (int n = 0; n < jars.size(); n++) {
                long began = System.nanoTime();
                framework.install(jars.get(n), "version " + n);
                count(bare, n - rounds / 3, began);
            }
        }
        Figures upload = new Figures("Pawl: POST /modules until it answers, the service is there");
        try (Service pawl = Service.pawl(folder.resolve("upload"))) {
            Client client = pawl.client();
            for (int n = 0; n < jars.size(); n++) {
                long began = System.nanoTime();
                String version = client.upload(jars.get(n)).get("version").asText();
                count(upload, n - rounds / 3, began);
                if (!version.equals(client.get("/modules/noop").get("version").asText())) {
                    throw new IOException("The answer came before version " + version + " was there.");
                }
            }
        }
        Figures drop = new Figures("Pawl: jar renamed into the modules folder until it is there");
        Path data = folder.resolve("drop");
        try (Service pawl = Service.pawl(data)) {
            Client client = pawl.client();
            for (int n = 0; n < jars.size(); n++) {
                Path written =
                        Files.copy(jars.get(n), data.resolve("written.tmp"), StandardCopyOption.REPLACE_EXISTING);
                long began = System.nanoTime();
                Files.move(written, data.resolve("modules").resolve("noop.jar"), StandardCopyOption.ATOMIC_MOVE);
                awaitVersion(client, "1.0." + n, began);
                count(drop, n - rounds / 3, began);
                LockSupport.parkNanos(REST.toNanos()); // the rest of an update must not slow the next one
            }
        }
        bare.print();
        upload.print();
        drop.print();
        Figures.line("upload, ratio of the medians: %.2f (budget 4)", upload.ms(0.5) / bare.ms(0.5));
        Figures.line("folder drop: p50 %.1f ms (budget 30 ms; asked over HTTP every millisecond)", drop.ms(0.5));
    }

    private static void count(Figures figures, int round, long began) {
        if (round >= 0) {
            figures.add(System.nanoTime() - began);
        }
    }

    private static void awaitVersion(Client client, String version, long began) throws IOException {
        while (!isThere(client, version)) {
            if (System.nanoTime() - began > LIMIT.toNanos()) {
                throw new IOException("Version " + version + " did not come within " + LIMIT + ".");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static boolean isThere(Client client, String version) throws IOException {
        for (JsonNode module : client.get("/modules").get("modules")) {
            if (module.get("id").asText().equals("noop")) {
                return module.get("version").asText().equals(version);
            }
        }
        return false;
    }
}
