package dev.pawl.runtime.process;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ThreadFactory;

/** Makes daemon threads that inherit neither the class loader nor the access rights nor the thread group of whoever has them made. */
public final class PlainThreads implements ThreadFactory {

    /** The JDK makes one by this constructor, having the name of the class. */
    public PlainThreads() {}

    @Override
    @SuppressWarnings(
            "removal") // up to 23 a thread keeps the rights, and so the class loader, of all code on the stack that
    // makes it
    public Thread newThread(Runnable work) {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> {
            Thread thread = new Thread(root(), work, "pawl-shared", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
            return thread;
        });
    }

    private static ThreadGroup root() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}
