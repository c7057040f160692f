package dev.pawl.scheduler.run;

import dev.pawl.scheduler.thread.LeakedThreads;
import dev.pawl.service.catalog.LingeringThread;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Threads that go on after their runs: those that modules leaked, and those that would not end and were abandoned. */
public record LingeringThreads(LeakedThreads leaked, AbandonedThreads abandoned) {

    /** The threads of a module, those that were abandoned first. */
    public List<LingeringThread> of(String module) {
        return Stream.concat(abandoned.of(module), leaked.of(module))
                .limit(LingeringThread.MOST)
                .toList();
    }

    /** Warnings for an operator who looks at the module. */
    public List<String> warnings(String module) {
        List<String> all = new ArrayList<>(abandoned.warnings(module));
        all.addAll(leaked.warnings(module));
        return all;
    }
}
