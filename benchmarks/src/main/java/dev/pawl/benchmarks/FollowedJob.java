package dev.pawl.benchmarks;

import java.net.http.HttpRequest.BodyPublishers;

/**
 * A job whose log clients have followed over WebSocket, from before its first line to its last, and its cost.
 *
 * @param connectSeconds the time until all clients were connected
 * @param connectCpuSeconds the CPU time of the server for that
 * @param sendSeconds the time from the start of the job until each client had all lines
 * @param sendCpuSeconds the CPU time of the server for that, the job's own included
 */
record FollowedJob(double connectSeconds, double connectCpuSeconds, double sendSeconds, double sendCpuSeconds) {

    /** Runs a job with this number of lines for this number of clients. */
    static FollowedJob of(Service pawl, int clients, int lines) throws Exception {
        Client client = pawl.client();
        client.send("PATCH", "/queue", "application/json", BodyPublishers.ofString("{\"disabled\":true}"));
        String id = client.post("/jobs", LogsBenchmark.job(lines)).get("id").asText();
        ThreadTimes atFirst = ThreadTimes.of(pawl.pid());
        long began = System.nanoTime();
        try (Followers followers = Followers.of(pawl.url(), id, clients)) {
            long connected = System.nanoTime();
            ThreadTimes whenConnected = ThreadTimes.of(pawl.pid());
            client.send("PATCH", "/queue", "application/json", BodyPublishers.ofString("{\"disabled\":false}"));
            followers.awaitLines((long) clients * lines);
            long sent = System.nanoTime();
            ThreadTimes atLast = ThreadTimes.of(pawl.pid());
            JobLoad.awaitIdle(client);
            return new FollowedJob(
                    (connected - began) / 1e9,
                    whenConnected.since(atFirst).total(),
                    (sent - connected) / 1e9,
                    atLast.since(whenConnected).total());
        }
    }
}
