package dev.pawl.scheduler.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The groups of the threads that module code runs on. A group is used again once it is empty: a JVM before 19 keeps every group that was
 * ever made. Safe for many threads.
 */
final class TaskGroups implements Offspring {

    private final List<TaskGroup> all = new ArrayList<>();
    private final List<TaskGroup> free = new ArrayList<>();

    /** One without any thread. */
    synchronized TaskGroup take() {
        for (int i = 0; i < free.size(); i++) {
            if (free.get(i).activeCount() == 0) { // its last thread may be on its way out, or have left others behind
                return free.remove(i);
            }
        }
        TaskGroup made = new TaskGroup("pawl-task-" + (all.size() + 1));
        all.add(made);
        return made;
    }

    /** Its own thread ends. */
    synchronized void giveBack(TaskGroup group) {
        free.add(group);
    }

    @Override
    public List<Thread> of(Lineage own) {
        return Thread.currentThread() instanceof TaskThread thread
                ? thread.group().others()
                : List.of();
    }

    @Override
    public Map<Thread, Lineage.Ended> leftBehind() {
        Map<Thread, Lineage.Ended> found = new HashMap<>();
        for (TaskGroup group : made()) {
            group.leftBehind().forEach(thread -> found.put(thread, new Lineage.Ended(group.module(), null)));
        }
        return found;
    }

    private synchronized List<TaskGroup> made() {
        return List.copyOf(all);
    }
}
