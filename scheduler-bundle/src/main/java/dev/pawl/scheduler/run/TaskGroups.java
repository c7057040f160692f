package dev.pawl.scheduler.run;

import java.util.ArrayList;
import java.util.List;

/**
 * The groups of the threads that module code runs on. A group is used again once it is empty: a JVM before 19 keeps every group that was
 * ever made. Safe for many threads.
 */
final class TaskGroups {

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

    /** Every one that was made. */
    synchronized List<TaskGroup> all() {
        return List.copyOf(all);
    }
}
