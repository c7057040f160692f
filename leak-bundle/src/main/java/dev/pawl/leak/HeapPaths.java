package dev.pawl.leak;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shortest retaining path from a root to a class loader: goes backwards from the loader, with one reading of the heap dump for
 * each step. Weak, soft and phantom references do not retain.
 */
final class HeapPaths {

    private static final int MOST_STEPS = 40;
    private static final int MOST_OBJECTS = 1_000_000;

    private final HeapFile file;
    private final Map<Long, HeapType> types = new HashMap<>();
    private final Map<Long, HeapPath.Root> roots = new HashMap<>();
    private final Map<String, Long> names = new HashMap<>();
    private final Map<String, Long> wellKnown = new HashMap<>();

    HeapPaths(HeapFile file) {
        this.file = file;
    }

    /** The reference of one object to the next on the path to the loader. */
    record Link(long to, long type, long field, int element) {
        static final Link NONE = new Link(0, 0, 0, -1);
    }

    /** The retaining path of the loader in words; empty when it is not strongly reachable. */
    Optional<String> to(WatchedLoader leak) throws IOException {
        readTypes();
        long loader = loaderOf(leak);
        Map<Long, Link> ways = new HashMap<>();
        ways.put(loader, Link.NONE);
        Set<Long> reached = Set.of(loader);
        for (int step = 0; step < MOST_STEPS && !reached.isEmpty() && ways.size() < MOST_OBJECTS; step++) {
            for (HeapFile.Root kind : HeapFile.Root.values()) { // the most telling first
                for (long id : reached) {
                    HeapPath.Root root = roots.get(id);
                    if (root != null && root.kind() == kind) {
                        return Optional.of(new HeapPath(file, types, root, id, ways, loader).words());
                    }
                }
            }
            reached = stepBack(reached, ways);
        }
        return Optional.empty();
    }

    private void readTypes() throws IOException {
        List<String> wanted = List.of("referent", "token", name(Reference.class), name(WatchedLoader.class));
        file.read(new HeapFile.Visitor() {
            @Override
            public void string(long id, String text) {
                if (wanted.contains(text)) {
                    names.put(text, id);
                }
            }

            @Override
            public void name(long type, long name) {
                wanted.stream()
                        .filter(text -> names.getOrDefault(text, 0L) == name)
                        .forEach(text -> wellKnown.put(text, type));
            }

            @Override
            public void type(HeapType type) {
                types.put(type.id(), type);
            }

            @Override
            public void root(HeapFile.Root kind, long id, int thread) {
                HeapPath.Root root = new HeapPath.Root(kind, thread);
                roots.merge(id, root, (one, other) -> one.kind().compareTo(other.kind()) <= 0 ? one : other);
            }
        });
    }

    private long loaderOf(WatchedLoader leak) throws IOException {
        long watched = wellKnown.getOrDefault(name(WatchedLoader.class), 0L);
        var found = new Object() {
            long loader;
        };
        file.read(new HeapFile.Visitor() {
            @Override
            public void instance(long id, long type, byte[] fields) {
                if (type == watched && value(type, fields, "token") == leak.token) {
                    found.loader = value(type, fields, "referent");
                }
            }
        });
        if (found.loader == 0) {
            throw new IOException("The class loader is not in the picture of the heap.");
        }
        return found.loader;
    }

    private long value(long type, byte[] content, String field) {
        int at = 0;
        for (HeapType one = types.get(type); one != null; one = types.get(one.above())) {
            for (HeapType.Field each : one.fields()) {
                if (each.name() == names.getOrDefault(field, 0L)) {
                    return ByteBuffer.wrap(content).getLong(at);
                }
                at += HeapFile.size(each.kind());
            }
        }
        return 0;
    }

    private Set<Long> stepBack(Set<Long> reached, Map<Long, Link> ways) throws IOException {
        Set<Long> next = new HashSet<>();
        for (HeapType type : types.values()) {
            if (!ways.containsKey(type.id())) {
                Link link = link(type, reached);
                if (link != null) {
                    ways.put(type.id(), link);
                    next.add(type.id());
                }
            }
        }
        Map<Long, List<HeapType.Field>> layouts = new HashMap<>();
        file.read(new HeapFile.Visitor() {
            @Override
            public void instance(long id, long type, byte[] content) {
                Link link = ways.containsKey(id)
                        ? null
                        : link(type, layouts.computeIfAbsent(type, HeapPaths.this::layout), content, reached);
                if (link != null) {
                    ways.put(id, link);
                    next.add(id);
                }
            }

            @Override
            public void array(long id, long[] elements) {
                for (int i = 0; i < elements.length; i++) {
                    if (elements[i] != 0 && reached.contains(elements[i]) && !ways.containsKey(id)) {
                        ways.put(id, new Link(elements[i], 0, 0, i));
                        next.add(id);
                    }
                }
            }
        });
        return next;
    }

    /** Adds the references of a class: to its loader, and from its static fields. */
    private static @Nullable Link link(HeapType type, Set<Long> reached) {
        for (HeapType.Static each : type.statics()) {
            if (each.value() != 0 && reached.contains(each.value())) {
                return new Link(each.value(), type.id(), each.name(), -1);
            }
        }
        return type.loader() != 0 && reached.contains(type.loader()) ? new Link(type.loader(), type.id(), 0, -1) : null;
    }

    /** Adds the references of an object: to its class, and from its fields. */
    private static @Nullable Link link(long type, List<HeapType.Field> layout, byte[] content, Set<Long> reached) {
        if (reached.contains(type)) {
            return new Link(type, type, 0, -1);
        }
        ByteBuffer values = ByteBuffer.wrap(content);
        int at = 0;
        for (HeapType.Field field : layout) {
            if (field.kind() == HeapFile.OBJECT && field.name() != 0) {
                long value = values.getLong(at);
                if (value != 0 && reached.contains(value)) {
                    return new Link(value, type, field.name(), -1);
                }
            }
            at += HeapFile.size(field.kind());
        }
        return null;
    }

    /** The fields of an instance in their order; the referent of a reference, which does not retain, has no name. */
    private List<HeapType.Field> layout(long type) {
        List<HeapType.Field> layout = new ArrayList<>();
        long reference = wellKnown.getOrDefault(name(Reference.class), 0L);
        long referent = names.getOrDefault("referent", 0L);
        for (HeapType one = types.get(type); one != null; one = types.get(one.above())) {
            for (HeapType.Field field : one.fields()) {
                boolean weak = one.id() == reference && field.name() == referent;
                layout.add(weak ? new HeapType.Field(0, field.kind()) : field);
            }
        }
        return layout;
    }

    private static String name(Class<?> type) {
        return type.getName().replace('.', '/');
    }
}
