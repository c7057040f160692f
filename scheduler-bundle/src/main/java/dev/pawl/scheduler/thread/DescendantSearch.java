package dev.pawl.scheduler.thread;

import dev.pawl.base.thread.VirtualThreads;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the threads that descend from runs by their inherited thread locals, where no thread group tells, since they or the run are
 * virtual. That takes the package {@code java.lang} open to us, as {@code bin/pawl} opens it at start; without it no thread is found.
 * Safe for many threads.
 */
final class DescendantSearch implements DescendantThreads {

    private static final Logger LOG = LoggerFactory.getLogger(DescendantSearch.class);

    private final ThreadStarts threadStarts;
    private final Supplier<List<Thread>> live;
    private final @Nullable Fields fields;

    /** The fields that lead from a thread to the values that it inherited. */
    private record Fields(Field inherited, Field table, Field value) {

        static Fields find() throws ReflectiveOperationException {
            Field inherited = Thread.class.getDeclaredField("inheritableThreadLocals");
            Field table = inherited.getType().getDeclaredField("table");
            Field value = table.getType().getComponentType().getDeclaredField("value");
            inherited.setAccessible(true);
            table.setAccessible(true);
            value.setAccessible(true);
            return new Fields(inherited, table, value);
        }
    }

    private DescendantSearch(ThreadStarts threadStarts, Supplier<List<Thread>> live) {
        this.threadStarts = threadStarts;
        this.live = live;
        fields = open();
    }

    /** Finds all threads whose starts were noticed. */
    static DescendantSearch all(ThreadStarts threadStarts) {
        Supplier<List<Thread>> virtual = virtualThreads();
        return new DescendantSearch(
                threadStarts, () -> Stream.concat(platformThreads().stream(), virtual.get().stream())
                        .toList());
    }

    /** Finds the virtual threads whose starts were noticed. */
    static DescendantSearch virtual(ThreadStarts threadStarts) {
        return new DescendantSearch(threadStarts, virtualThreads());
    }

    @Override
    public List<Thread> of(RunAncestry own) {
        List<Thread> found = new ArrayList<>();
        all((thread, ancestry) -> {
            if (ancestry == own) {
                found.add(thread);
            }
        });
        return found;
    }

    @Override
    public Map<Thread, RunAncestry.Ended> leftBehind() {
        Map<Thread, RunAncestry.Ended> found = new HashMap<>();
        all((thread, ancestry) -> {
            RunAncestry.Ended ended = ancestry.ended();
            if (ended != null) {
                found.put(thread, ended);
            }
        });
        return found;
    }

    private void all(BiConsumer<Thread, RunAncestry> taker) {
        if (fields == null) {
            return;
        }
        for (Thread thread : live.get()) {
            RunAncestry ancestry = ancestry(fields, thread);
            if (ancestry != null) {
                taker.accept(thread, ancestry);
            }
        }
    }

    private static Supplier<List<Thread>> virtualThreads() {
        Optional<VirtualThreads> found = VirtualThreads.find();
        if (found.isEmpty()) {
            LOG.info("Virtual threads that jobs leave behind cannot be told: the JVM does not list them.");
        }
        return found.<Supplier<List<Thread>>>map(threads -> threads::live).orElse(List::of);
    }

    private static List<Thread> platformThreads() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        for (ThreadGroup parent = root.getParent(); parent != null; parent = root.getParent()) {
            root = parent;
        }
        return TaskThreadGroup.threadsIn(root);
    }

    /**
     * The run from which the thread descends. The thread may change the fields meanwhile; a run that is missed so is seen the next time.
     */
    private @Nullable RunAncestry ancestry(Fields fields, Thread thread) {
        try {
            Object inherited = fields.inherited().get(thread);
            Object table = inherited == null ? null : fields.table().get(inherited);
            for (int i = 0; table != null && i < Array.getLength(table); i++) {
                if (Array.get(table, i) instanceof Reference<?> entry && entry.get() == threadStarts) {
                    return (RunAncestry) fields.value().get(entry);
                }
            }
            return null;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("A field that was open is no longer", e);
        }
    }

    private static @Nullable Fields open() {
        try {
            return Fields.find();
        } catch (ReflectiveOperationException | RuntimeException e) { // not open, or the JVM has other fields
            LOG.info(
                    "Threads that jobs leave behind cannot be told: the JVM does not show what threads inherit ({}).",
                    e.toString());
            return null;
        }
    }
}
