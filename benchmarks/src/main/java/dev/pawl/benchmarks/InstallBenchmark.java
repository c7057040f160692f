package dev.pawl.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.benchmarks.modules.noop.NoOpModule;
import dev.pawl.benchmarks.peer.BareFramework;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the time until a module, or a new version of it, is available, uploaded over HTTP and dropped into the modules folder, compared
 * with install and start in a bare framework. A third as many rounds run first, for warm-up.
 */
final class InstallBenchmark implements Benchmark {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration REST = Duration.ofMillis(50);
    private static final double BUDGET = 4;
    private static final double BUDGET_DROP_MS = 30;

    @Override
    public String name() {
        return "install";
    }

    @Override
    public String title() {
        return "Install, update and folder drop of a module, until its service is there";
    }

    /** The size is the number of rounds of each. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int rounds = scale.first(5, 60);
        int warmUp = rounds / 3;
        try (Workspace folder = Workspace.create(name())) {
            List<Path> jars = new ArrayList<>();
            for (int n = 0; n < rounds + warmUp; n++) {
                jars.add(ModuleJar.of(NoOpModule.class, "1.0." + n, folder.resolve("jars")));
            }
            Sample bare = bare(folder, jars, warmUp);
            Sample install = new Sample();
            Sample update = new Sample();
            upload(folder, jars, warmUp, install, update);
            Sample drop = drop(folder, jars, warmUp);
            double ratio = update.median() / bare.median();
            String bareName = "the bare framework";
            return List.of(
                    Row.of("Felix with Declarative Services, install + start", "no server", bare, "ms"),
                    Row.of("`POST /modules`, new module", "the one before removed", install, "ms")
                            .against(bareName, install.median() / bare.median()),
                    Row.of("`POST /modules`, new version", "idle", update, "ms")
                            .against(bareName, ratio)
                            .atMost(BUDGET, "×", ratio),
                    Row.of("jar renamed into the modules folder", "asked over HTTP every millisecond", drop, "ms")
                            .against(bareName, drop.median() / bare.median())
                            .atMost(BUDGET_DROP_MS, " ms", drop.median()));
        }
    }

    private static Sample bare(Workspace folder, List<Path> jars, int warmUp) throws Exception {
        Sample sample = new Sample();
        try (BareFramework framework = BareFramework.start(folder.resolve("bare"))) {
            for (int n = 0; n < jars.size(); n++) {
                long began = System.nanoTime();
                framework.install(jars.get(n), "version " + n);
                count(sample, n - warmUp, began);
            }
        }
        return sample;
    }

    private static void upload(Workspace folder, List<Path> jars, int warmUp, Sample install, Sample update)
            throws Exception {
        try (Service pawl = Service.pawl(folder.resolve("upload"))) {
            Client client = pawl.client();
            for (int n = 0; n < jars.size(); n++) {
                long began = System.nanoTime();
                String version = client.upload(jars.get(n)).get("version").asText();
                count(update, n - warmUp, began);
                if (!version.equals(client.get("/modules/noop").get("version").asText())) {
                    throw new IOException("The answer came before version " + version + " was there.");
                }
            }
            for (int n = 0; n < jars.size(); n++) {
                client.send("DELETE", "/modules/noop", "application/json", BodyPublishers.noBody());
                long began = System.nanoTime();
                client.upload(jars.get(n));
                count(install, n - warmUp, began);
            }
        }
    }

    private static Sample drop(Workspace folder, List<Path> jars, int warmUp) throws Exception {
        Sample sample = new Sample();
        Path data = folder.resolve("drop");
        try (Service pawl = Service.pawl(data)) {
            Client client = pawl.client();
            for (int n = 0; n < jars.size(); n++) {
                Path written =
                        Files.copy(jars.get(n), data.resolve("written.tmp"), StandardCopyOption.REPLACE_EXISTING);
                long began = System.nanoTime();
                Files.move(written, data.resolve("modules").resolve("noop.jar"), StandardCopyOption.ATOMIC_MOVE);
                awaitVersion(client, "1.0." + n, began);
                count(sample, n - warmUp, began);
                LockSupport.parkNanos(REST.toNanos()); // the rest of an update must not slow the next one
            }
        }
        return sample;
    }

    private static void count(Sample sample, int round, long began) {
        if (round >= 0) {
            sample.addNanos(System.nanoTime() - began);
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
