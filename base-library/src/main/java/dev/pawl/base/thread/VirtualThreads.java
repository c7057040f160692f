package dev.pawl.base.thread;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the live virtual threads of Java 21 and later. The JVM keeps them in containers, from which it makes its thread dumps. To read
 * them takes the package {@code jdk.internal.vm} open to us, as {@code bin/pawl} opens it at start. Safe for many threads.
 */
public final class VirtualThreads {

    private static final Logger LOG = LoggerFactory.getLogger(VirtualThreads.class);
    private static final String PACKAGE = "jdk.internal.vm.";

    private final Object root;
    private final Method children;
    private final Method threads;
    private final Method isVirtual;

    private VirtualThreads() throws ReflectiveOperationException {
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        Class<?> container = platform.loadClass(PACKAGE + "ThreadContainer");
        root = opened(platform.loadClass(PACKAGE + "ThreadContainers"), "root").invoke(null);
        children = opened(container, "children");
        threads = opened(container, "threads");
        isVirtual = Thread.class.getMethod("isVirtual");
    }

    /** Whether the JVM has virtual threads. */
    public static boolean exist() {
        return Runtime.version().feature() >= 21;
    }

    /** The list; empty where the JVM does not give it. */
    public static Optional<VirtualThreads> find() {
        try {
            return Optional.of(new VirtualThreads());
        } catch (ReflectiveOperationException | RuntimeException e) { // older, closed, or other containers
            return Optional.empty();
        }
    }

    /**
     * The live virtual threads; one that comes or goes meanwhile may be among them or not. Called at the end of a run, which must not
     * fail: where the JVM breaks off, the list has the threads found so far.
     */
    public List<Thread> live() {
        List<Thread> found = new ArrayList<>();
        try {
            collect(root, found);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("The JVM broke off the list of its virtual threads.", e);
        }
        return found;
    }

    private void collect(Object container, List<Thread> found) throws ReflectiveOperationException {
        for (Object thread : ((Stream<?>) threads.invoke(container)).toList()) {
            if ((boolean) isVirtual.invoke(thread)) {
                found.add((Thread) thread);
            }
        }
        for (Object child : ((Stream<?>) children.invoke(container)).toList()) {
            collect(child, found);
        }
    }

    private static Method opened(Class<?> owner, String name) throws ReflectiveOperationException {
        Method method = owner.getMethod(name);
        method.setAccessible(true);
        return method;
    }
}
