package dev.pawl.scheduler.thread;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The groups of the threads that module code runs on. A group is used again once it is empty: a JVM before 19 keeps every group that was
 * ever made. Safe for many threads.
 */
public final class TaskThreadGroups implements DescendantThreads {

    private final List<TaskThreadGroup> all = new ArrayList<>();
    private final List<TaskThreadGroup> free = new ArrayList<>();

    /** A group without any thread. */
    public synchronized TaskThreadGroup take() {
        for (int i = 0; i < free.size(); i++) {
            if (free.get(i).activeCount() == 0) { // its last thread may be on its way out, or have left others behind
                return free.remove(i);
            }
        }
        TaskThreadGroup made = new TaskThreadGroup("pawl-task-" + (all.size() + 1));
        all.add(made);
        return made;
    }

    /** Takes a group back, since its own thread ends. */
    synchronized void giveBack(TaskThreadGroup group) {
        free.add(group);
    }

    @Override
    public List<Thread> of(RunAncestry own) {
        return Thread.currentThread() instanceof TaskThread thread
                ? thread.group().others()
                : List.of();
    }

    @Override
    public Map<Thread, RunAncestry.Ended> leftBehind() {
        Map<Thread, RunAncestry.Ended> found = new HashMap<>();
        for (TaskThreadGroup group : made()) {
            group.leftBehind().forEach(thread -> found.put(thread, new RunAncestry.Ended(group.module(), null)));
        }
        return found;
    }

    private synchronized List<TaskThreadGroup> made() {
        return List.copyOf(all);
    }
}
