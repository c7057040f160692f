package dev.pawl.it.torture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The kinds of jobs in the mixed load, each with its frequency and the inputs of its tasks. */
enum Kind {
    SHORT(30),
    /** Is removed by its client, whether it waits or has ended. */
    REMOVED(4),
    /** Makes no checkpoints: each run starts over. */
    UNCHECKED(8),
    LONG(12),
    MULTI_TASK(12),
    FAILING(8),
    /** Fails a few times and is retried until it completes. */
    RETRIED(8),
    /** Fails at every attempt. */
    EXHAUSTED(3),
    /** Has a unique key; a client without an answer repeats the request. */
    KEYED(8),
    /** Is stopped by its client while it runs. */
    STOPPED(4),
    /** Is stopped by its client, but ignores stops. */
    STUBBORN(3),
    /** Occupies a slot for a while; used only on demand. */
    SLOT(0),
    /** Needs a module that only external workers have. */
    OUTSIDE(0),
    /** Needs such a module, and an installed one for one of its tasks. */
    OUTSIDE_IN_PART(0),
    /** Needs such a module, may fail a few times, and is retried. */
    OUTSIDE_RETRIED(0),
    /** Needs such a module, and is stopped by its client while it runs. */
    OUTSIDE_STOPPED(0);

    /** The module that is installed in the servers. */
    static final String HERE = "chaos";

    /** The module that only external workers have. */
    static final String FAR = "far";

    static final int ATTEMPTS = 3;

    private final int weight;

    Kind(int weight) {
        this.weight = weight;
    }

    static Kind draw(Random random) {
        int drawn = random.nextInt(100);
        for (Kind kind : values()) {
            drawn -= kind.weight;
            if (drawn < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("The weights are not 100 together.");
    }

    /** Draws a kind of jobs for external workers. */
    static Kind drawOutside(Random random) {
        int drawn = random.nextInt(100);
        if (drawn < 55) {
            return OUTSIDE;
        }
        return drawn < 70 ? OUTSIDE_IN_PART : drawn < 90 ? OUTSIDE_RETRIED : OUTSIDE_STOPPED;
    }

    /** Whether only external workers can run it. */
    boolean isOutside() {
        return switch (this) {
            case OUTSIDE, OUTSIDE_IN_PART, OUTSIDE_RETRIED, OUTSIDE_STOPPED -> true;
            case SHORT,
                    REMOVED,
                    UNCHECKED,
                    LONG,
                    MULTI_TASK,
                    FAILING,
                    RETRIED,
                    EXHAUSTED,
                    KEYED,
                    STOPPED,
                    STUBBORN,
                    SLOT -> false;
        };
    }

    /** The module of one of its tasks. */
    String module(int task) {
        return isOutside() && task == 0 ? FAR : HERE;
    }

    /** The number of attempts. */
    int attempts() {
        return retries() ? ATTEMPTS : 1;
    }

    /** The inputs of its tasks. */
    List<Map<String, Object>> tasks(Random random) {
        return switch (this) {
            case SHORT, REMOVED -> List.of(task(1 + random.nextInt(5), 1, 1 + random.nextInt(2), "GOOD", 0, 0));
            case KEYED -> List.of(task(3 + random.nextInt(12), 10, 1 + random.nextInt(3), "GOOD", 0, 0));
            case UNCHECKED -> List.of(task(1 + random.nextInt(12), 1 + random.nextInt(12), 0, "GOOD", 0, 0));
            case LONG -> List.of(task(40 + random.nextInt(80), 10, 1 + random.nextInt(10), "GOOD", 0, 0));
            case MULTI_TASK -> several(random);
            case FAILING, EXHAUSTED -> List.of(failing(random, "FAILING", 0));
            case RETRIED -> List.of(failing(random, "FLAKY", 1 + random.nextInt(ATTEMPTS - 1)));
            case STOPPED -> List.of(task(100, 10, random.nextInt(6), "GOOD", 0, 0));
            case SLOT -> List.of(task(1, 3_000, 0, "GOOD", 0, 0));
            case OUTSIDE, OUTSIDE_RETRIED, OUTSIDE_STOPPED -> List.of(Map.of("frames", random.nextInt(1_000)));
            case OUTSIDE_IN_PART ->
                List.of(Map.of("frames", random.nextInt(1_000)), task(1 + random.nextInt(5), 1, 1, "GOOD", 0, 0));
            case STUBBORN -> List.of(task(400, 10, 5, "STUBBORN", 0, 0));
        };
    }

    /** The final statuses that it may reach by itself. */
    List<String> outcomes() {
        return switch (this) {
            case SHORT, REMOVED, UNCHECKED, LONG, MULTI_TASK, RETRIED, KEYED, SLOT -> List.of("completed");
            case FAILING, EXHAUSTED -> List.of("failed");
            case STOPPED, STUBBORN -> List.of("stopped", "completed");
            case OUTSIDE, OUTSIDE_IN_PART, OUTSIDE_RETRIED -> List.of("completed", "failed");
            case OUTSIDE_STOPPED -> List.of("stopped", "completed", "failed");
        };
    }

    /** Whether it requests retries. */
    boolean retries() {
        return this == RETRIED || this == EXHAUSTED || this == OUTSIDE_RETRIED;
    }

    boolean isStopped() {
        return this == STOPPED || this == STUBBORN || this == OUTSIDE_STOPPED;
    }

    private static List<Map<String, Object>> several(Random random) {
        List<Map<String, Object>> tasks = new ArrayList<>();
        for (int n = 2 + random.nextInt(3); n > 0; n--) {
            tasks.add(task(1 + random.nextInt(12), 3, random.nextInt(4), "GOOD", 0, 0));
        }
        return tasks;
    }

    private static Map<String, Object> failing(Random random, String manner, int failures) {
        int steps = 5 + random.nextInt(15);
        return task(steps, 2, 1 + random.nextInt(3), manner, 1 + random.nextInt(steps), failures);
    }

    private static Map<String, Object> task(
            int steps, int pauseMs, int every, String manner, int failAt, int failures) {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("steps", steps);
        inputs.put("pause_ms", pauseMs);
        inputs.put("every", every);
        inputs.put("manner", manner);
        inputs.put("fail_at", failAt);
        inputs.put("failures", failures);
        return inputs;
    }
}
