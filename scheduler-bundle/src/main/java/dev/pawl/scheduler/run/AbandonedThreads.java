package dev.pawl.scheduler.run;

import dev.pawl.service.store.RunId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The threads of modules that did not end when they were interrupted and were given up, for as long as they live. Safe for many threads.
 */
public final class AbandonedThreads {

    private static final int FRAMES_SHOWN = 12;

    private final Set<Abandoned> live = ConcurrentHashMap.newKeySet();

    private record Abandoned(RunId run, String module, Thread thread) {}

    void add(RunId run, String module, Thread thread) {
        live.add(new Abandoned(run, module, thread));
    }

    /** Forgets the thread of a run that has come back. */
    void left(RunId run) {
        live.removeIf(abandoned -> abandoned.run().equals(run));
    }

    /** Number of abandoned threads. */
    public int count() {
        return live.size();
    }

    /** Number of abandoned threads of a module. */
    public int count(String module) {
        return (int) live.stream()
                .filter(abandoned -> abandoned.module().equals(module))
                .count();
    }

    /** Warnings for an operator who looks at the module: one text for each thread, with its stack as it is now. */
    public List<String> warnings(String module) {
        return live.stream()
                .filter(abandoned -> abandoned.module().equals(module))
                .map(AbandonedThreads::warning)
                .sorted()
                .toList();
    }

    private static String warning(Abandoned abandoned) {
        String stack = Arrays.stream(abandoned.thread().getStackTrace())
                .limit(FRAMES_SHOWN)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
        return "A thread of job " + abandoned.run().job() + " (run "
                + abandoned.run().epoch()
                + ") would not end when it was interrupted and was given up; what it holds is freed when the server restarts."
                + stack;
    }
}
