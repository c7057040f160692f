package dev.pawl.scheduler.feed;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.JobStore;
import dev.pawl.testkit.fake.Jobs;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A store with the log of one job in memory. It counts what is read from it. */
final class StoredLog {

    final AtomicLong entriesRead = new AtomicLong();
    final AtomicInteger jobReads = new AtomicInteger();
    final AtomicInteger refusals = new AtomicInteger();

    /** Runs after the job was read, before the answer is returned. */
    volatile Runnable afterFind = () -> {};

    /** Runs before the job is read. */
    volatile Runnable beforeFind = () -> {};

    private final Job running = Jobs.of(Jobs.request("talks"), JobStatus.RUNNING);
    private final Job completed = Jobs.of(running.id(), running.request(), JobStatus.COMPLETED, null);
    private final List<LogEntry> entries = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    UUID job() {
        return running.id();
    }

    /** Adds entries; returns the number of all. */
    int add(int more, String message) {
        List<LogEntry> added = new ArrayList<>();
        for (int n = 1; n <= more; n++) {
            added.add(new LogEntry(entries.size() + n, Jobs.CREATED, LogLevel.INFO, message, 0, 1));
        }
        entries.addAll(added);
        return entries.size();
    }

    void end() {
        ended = true;
    }

    JobStore store() {
        return (JobStore) Proxy.newProxyInstance(
                JobStore.class.getClassLoader(),
                new Class<?>[] {JobStore.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "find" -> find();
                    case "logsAfter" -> after((Long) arguments[1], (Integer) arguments[2]);
                    default -> throw new AssertionError("A feed does not call " + method.getName() + ".");
                });
    }

    private Optional<Job> find() {
        jobReads.incrementAndGet();
        beforeFind.run();
        Optional<Job> found = Optional.of(ended ? completed : running);
        afterFind.run();
        return found;
    }

    private List<LogEntry> after(long sequence, int limit) {
        if (refusals.getAndDecrement() > 0) {
            throw new ProblemException(ProblemCode.STORE_UNAVAILABLE, "The disk is full.");
        }
        List<LogEntry> page = entries.stream().skip(sequence).limit(limit).toList();
        entriesRead.addAndGet(page.size());
        return page;
    }
}
