package dev.pawl.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.benchmarks.modules.feed.FeedModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A copy of the distribution with a bundle more, whose modules submit jobs from within the server. */
final class FeedModules {

    /** Seldom, since a look takes time from what is measured. */
    private static final long LOOK_MS = 500;

    private FeedModules() {}

    /** Starts the copy in a folder. */
    static Service serve(Workspace folder, Map<String, String> settings) throws Exception {
        Path copy = folder.resolve("pawl");
        copy(Service.distribution(), copy);
        ModuleJar.of(FeedModule.class, "1.0.0", copy.resolve("bundles"));
        Map<String, String> all = new HashMap<>(settings);
        all.put("PAWL_CLASS_ARCHIVE", "off"); // it would be made meanwhile
        return Service.pawl(copy, folder.resolve("data"), all);
    }

    /** Runs a job of one of these modules to its end; returns its result. */
    static JsonNode run(Service service, String module, int jobs) throws IOException {
        Client client = service.client();
        String id = client.post("/jobs", "{\"module_id\":\"" + module + "\",\"inputs\":{\"jobs\":" + jobs + "}}")
                .get("id")
                .asText();
        while (true) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
            JsonNode job = client.get("/jobs/" + id);
            String status = job.get("status").asText();
            if (status.equals("completed")) {
                return client.get("/jobs/" + id + "/results")
                        .get("results")
                        .get(0)
                        .get("data");
            }
            if (!status.equals("pending") && !status.equals("running")) {
                throw new IOException("The job of " + module + " did not complete: " + job);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else {
                Files.copy(file, target);
            }
        }
    }
}
