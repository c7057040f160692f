package dev.pawl.scheduler.thread;

/** A platform thread that module code runs on. It has a thread group of its own for as long as it lives, and gives it back. */
public final class TaskThread extends Thread {

    private final TaskThreadGroups groups;
    private final TaskThreadGroup group;

    public TaskThread(TaskThreadGroups groups, TaskThreadGroup group, Runnable work, String name) {
        super(group, work, name, 0, false);
        this.groups = groups;
        this.group = group;
        setDaemon(true);
        setContextClassLoader(null);
    }

    /** The group of the threads that module code starts on this one. */
    TaskThreadGroup group() {
        return group;
    }

    @Override
    public void run() {
        try {
            super.run();
        } finally {
            groups.giveBack(group);
        }
    }
}
