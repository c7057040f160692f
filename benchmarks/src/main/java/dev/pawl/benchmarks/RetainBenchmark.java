package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.noop.NoOpModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures the size of the database after many small jobs, of which the latest are kept: after every twentieth of them, all ended jobs
 * except the latest are removed, as retention does.
 */
final class RetainBenchmark implements Benchmark {

    private static final int PARTS = 20;
    private static final int KEPT_PARTS = 2;

    @Override
    public String name() {
        return "retain";
    }

    @Override
    public String title() {
        return "Size of the database while jobs come and only the latest are kept";
    }

    /** The size is the number of jobs. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int jobs = scale.first(2_000, 1_000_000);
        String settings = jobs + " jobs; after every twentieth of them all but the latest twentieth are purged";
        Sample size = new Sample();
        Sample purge = new Sample();
        List<Row> rows = new ArrayList<>();
        try (Workspace folder = Workspace.create(name())) {
            Path data = folder.resolve("data");
            try (Service pawl = Service.pawl(data)) {
                Client client = pawl.client();
                client.upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder.path()));
                long[] ended = new long[PARTS + 1];
                ended[0] = System.nanoTime();
                for (int part = 1; part <= PARTS; part++) {
                    JobLoad.toTheirEnd(pawl, jobs / PARTS);
                    ended[part] = System.nanoTime();
                    size.add(mebibytes(data));
                    if (part >= KEPT_PARTS) {
                        long age = (ended[part] - ended[part - KEPT_PARTS + 1]) / 1_000_000_000L;
                        long began = System.nanoTime();
                        client.post("/store/purge?older_than=" + age + "s", "");
                        purge.addNanos(System.nanoTime() - began);
                    }
                }
            }
            rows.add(Row.of("database with its log", settings, size, "MiB"));
            rows.add(Row.of("a purge", settings, purge, "ms"));
            rows.add(Row.of("database once stopped", settings, Sample.of(mebibytes(data)), "MiB"));
        }
        return rows;
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
