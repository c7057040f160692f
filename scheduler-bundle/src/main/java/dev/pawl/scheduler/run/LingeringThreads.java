package dev.pawl.scheduler.run;

import dev.pawl.scheduler.thread.LeakedThreads;
import java.util.ArrayList;
import java.util.List;

/** Threads that go on after their runs: those that modules leaked, and those that would not end and were abandoned. */
public record LingeringThreads(LeakedThreads leaked, AbandonedThreads abandoned) {

    /** Warnings for an operator who looks at the module. */
    public List<String> warnings(String module) {
        List<String> all = new ArrayList<>(abandoned.warnings(module));
        all.addAll(leaked.warnings(module));
        return all;
    }
}
