package dev.pawl.scheduler.run;

import dev.pawl.base.thread.ThreadNames;
import dev.pawl.service.catalog.LingeringThread;
import dev.pawl.service.store.RunId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The threads of modules that did not end when they were interrupted and were given up, for as long as they live. Safe for many threads.
 */
public final class AbandonedThreads {

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

    /** The threads of a module, the oldest job first, as they are now. */
    public Stream<LingeringThread> of(String module) {
        return live.stream()
                .filter(abandoned -> abandoned.module().equals(module))
                .sorted(Comparator.comparing(abandoned -> abandoned.run().job()))
                .map(abandoned -> LingeringThread.of(
                        LingeringThread.Kind.ABANDONED,
                        ThreadNames.of(abandoned.thread()),
                        abandoned.run().job(),
                        abandoned.thread()));
    }

    /** Warnings for an operator who looks at the module: one text for each thread. */
    public List<String> warnings(String module) {
        return live.stream()
                .filter(abandoned -> abandoned.module().equals(module))
                .map(AbandonedThreads::warning)
                .sorted()
                .toList();
    }

    private static String warning(Abandoned abandoned) {
        return "A thread of job " + abandoned.run().job() + " (run "
                + abandoned.run().epoch()
                + ") would not end when it was interrupted and was given up; what it holds is freed when the server restarts.";
    }
}
