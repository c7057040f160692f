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
 * Finds the threads that descend from runs and have no thread group to know them by, since they or the run are virtual: by what they
 * inherited. The JVM lets nobody look at that but who was given its package {@code java.lang} at start, as {@code bin/pawl} gives it to
 * us; without it none are found. Safe for many threads.
 */
final class DescendantSearch implements DescendantThreads {

    private static final Logger LOG = LoggerFactory.getLogger(DescendantSearch.class);

    private final ThreadStarts births;
    private final Supplier<List<Thread>> live;
    private final @Nullable Fields fields;

    /** The way from a thread to what it inherited. */
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

    private DescendantSearch(ThreadStarts births, Supplier<List<Thread>> live) {
        this.births = births;
        this.live = live;
        fields = open();
    }

    /** Finds all that the births noticed. */
    static DescendantSearch all(ThreadStarts births) {
        Supplier<List<Thread>> virtual = virtualThreads();
        return new DescendantSearch(births, () -> Stream.concat(platformThreads().stream(), virtual.get().stream())
                .toList());
    }

    /** Finds the virtual ones of those that the births noticed. */
    static DescendantSearch virtual(ThreadStarts births) {
        return new DescendantSearch(births, virtualThreads());
    }

    @Override
    public List<Thread> of(RunAncestry own) {
        List<Thread> found = new ArrayList<>();
        all((thread, lineage) -> {
            if (lineage == own) {
                found.add(thread);
            }
        });
        return found;
    }

    @Override
    public Map<Thread, RunAncestry.Ended> leftBehind() {
        Map<Thread, RunAncestry.Ended> found = new HashMap<>();
        all((thread, lineage) -> {
            RunAncestry.Ended ended = lineage.ended();
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
            RunAncestry lineage = lineage(fields, thread);
            if (lineage != null) {
                taker.accept(thread, lineage);
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

    /** The thread may change what is read here meanwhile; what that hides is seen the next time. */
    private @Nullable RunAncestry lineage(Fields way, Thread thread) {
        try {
            Object inherited = way.inherited().get(thread);
            Object table = inherited == null ? null : way.table().get(inherited);
            for (int i = 0; table != null && i < Array.getLength(table); i++) {
                if (Array.get(table, i) instanceof Reference<?> entry && entry.get() == births) {
                    return (RunAncestry) way.value().get(entry);
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
        } catch (ReflectiveOperationException | RuntimeException e) { // closed, or another JVM's fields
            LOG.info(
                    "Threads that jobs leave behind cannot be told: the JVM does not show what threads inherit ({}).",
                    e.toString());
            return null;
        }
    }
}
