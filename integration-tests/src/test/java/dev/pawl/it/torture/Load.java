package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Puts a mixed load on a server: short, long, failing, stubborn and multi-task jobs; remembers what was acknowledged. */
final class Load {

    private final Random random;
    private final ConcurrentLinkedQueue<Expectation> acknowledged = new ConcurrentLinkedQueue<>();
    private int unacknowledged;

    Load(Random random) {
        this.random = random;
    }

    /** Asks for one job; a server that dies meanwhile leaves it unacknowledged. */
    void submitOne(Api api) {
        List<Map<String, Object>> tasks = new ArrayList<>();
        List<String> outcomes = List.of("completed");
        boolean stop = false;
        int kind = random.nextInt(100);
        if (kind < 50) {
            tasks.add(task(1 + random.nextInt(5), 1, random.nextInt(3), "GOOD", 0));
        } else if (kind < 70) {
            tasks.add(task(50 + random.nextInt(100), 10, 1 + random.nextInt(10), "GOOD", 0));
        } else if (kind < 80) {
            int steps = 5 + random.nextInt(20);
            tasks.add(task(steps, 2, 1 + random.nextInt(3), "FAILING", 1 + random.nextInt(steps)));
            outcomes = List.of("failed");
        } else if (kind < 85) {
            tasks.add(task(400, 10, 5, "STUBBORN", 0));
            outcomes = List.of("stopped", "completed");
            stop = true;
        } else {
            for (int n = 2 + random.nextInt(3); n > 0; n--) {
                tasks.add(task(1 + random.nextInt(20), 3, random.nextInt(4), "GOOD", 0));
            }
        }
        try {
            String id = submit(api, tasks);
            acknowledged.add(new Expectation(id, tasks, outcomes));
            if (stop) {
                api.post("/jobs/" + id + "/stop", Map.of());
            }
        } catch (RuntimeException serverDied) {
            unacknowledged++;
        }
    }

    private static String submit(Api api, List<Map<String, Object>> tasks) {
        List<Map<String, Object>> listed = tasks.stream()
                .map(data -> Map.of("module", "chaos", "data", data))
                .toList();
        JsonNode answer = api.post("/jobs", Map.of("job_title", "torture", "tasks", listed))
                .expect(200);
        return answer.get("id").asText();
    }

    private static Map<String, Object> task(int steps, int pauseMs, int every, String manner, int failAt) {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("steps", steps);
        inputs.put("pause_ms", pauseMs);
        inputs.put("every", every);
        inputs.put("manner", manner);
        inputs.put("fail_at", failAt);
        return inputs;
    }

    /** What was acknowledged so far. */
    List<Expectation> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** How many requests got no answer. */
    int unacknowledged() {
        return unacknowledged;
    }
}
