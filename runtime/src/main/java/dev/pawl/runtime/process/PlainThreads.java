package dev.pawl.runtime.process;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ThreadFactory;

/** Creates daemon threads that inherit neither the class loader nor the access control context nor the thread group of their creator. */
public final class PlainThreads implements ThreadFactory {

    /** The JDK calls this constructor by the name of the class. */
    public PlainThreads() {}

    @Override
    @SuppressWarnings(
            "removal") // up to 23 a thread retains the access control context, and thus the class loaders, of all code
    // on the stack that creates it
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
