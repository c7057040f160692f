package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.noop.NoOpModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Measures the size of the database after many small jobs, of which the latest are kept: after every twentieth of them, all ended jobs
 * except the latest are removed, as retention does.
 */
public final class RetainBenchmark {

    private static final int PARTS = 20;
    private static final int KEPT_PARTS = 2;

    private RetainBenchmark() {}

    /** Takes the number of jobs, 1,000,000 by default. */
    public static void main(String[] arguments) throws Exception {
        int jobs = arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("pawl-retain");
        Path data = folder.resolve("data");
        try (Service pawl = Service.pawl(data)) {
            Client client = pawl.client();
            client.upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder));
            long[] ended = new long[PARTS + 1];
            ended[0] = System.nanoTime();
            long removed = 0;
            for (int part = 1; part <= PARTS; part++) {
                JobLoad.post(pawl.url(), jobs / PARTS);
                JobLoad.awaitIdle(client);
                ended[part] = System.nanoTime();
                double largest = mebibytes(data);
                double purge = 0;
                if (part >= KEPT_PARTS) {
                    long age = (ended[part] - ended[part - KEPT_PARTS + 1]) / 1_000_000_000L;
                    long began = System.nanoTime();
                    removed += client.post("/store/purge?older_than=" + age + "s", "")
                            .get("total")
                            .asLong();
                    purge = (System.nanoTime() - began) / 1e9;
                }
                Figures.line(
                        "%,9d jobs, %,9d removed (the last purge took %.1f s): %.1f MiB",
                        (long) part * (jobs / PARTS), removed, purge, largest);
            }
        }
        Figures.line("stopped: %.1f MiB", mebibytes(data));
    }

    /** The database with its log. */
    private static double mebibytes(Path data) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.filter(RetainBenchmark::isDatabase).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes / 1024.0 / 1024.0;
    }

    private static boolean isDatabase(Path file) {
        return file.getFileName().toString().startsWith("pawl.db");
    }
}
