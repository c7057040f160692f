package dev.pawl.scheduler.run;

/** A platform thread that module code runs on. It takes its group along for as long as it lives, and gives it back. */
final class TaskThread extends Thread {

    private final TaskGroups groups;
    private final TaskGroup group;

    TaskThread(TaskGroups groups, TaskGroup group, Runnable work, String name) {
        super(group, work, name, 0, false);
        this.groups = groups;
        this.group = group;
        setDaemon(true);
        setContextClassLoader(null);
    }

    /** The group that threads come into which module code starts on this one. */
    TaskGroup group() {
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
