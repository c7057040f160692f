package dev.pawl.leak;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the retaining path of a class loader into words: looks up the names of the objects on it. */
final class HeapPath {

    private static final Map<String, String> SPOKEN = Map.of(
            "java.lang.ThreadLocal$ThreadLocalMap", "A thread local%s holds %s; remove it when the work is done.",
            "java.lang.ApplicationShutdownHooks", "A shutdown hook%s holds %s; remove it when the bundle stops.",
            "java.security.AccessControlContext",
                    "The rights%s, taken over from the code that started it, hold %s; end it when the bundle stops.",
            "java.sql.DriverManager", "java.sql.DriverManager%s holds %s; deregister it when the bundle stops.");

    private final HeapFile file;
    private final Map<Long, HeapType> types;
    private final Root root;
    private final long first;
    private final Map<Long, HeapPaths.Link> ways;
    private final long loader;

    private final Map<Long, Long> typeNames = new HashMap<>();
    private final Map<Long, Long> typeOf = new HashMap<>();
    private final Map<Integer, Long> threads = new HashMap<>();
    private final Map<Long, String> strings = new HashMap<>();

    /**
     * The root of the path.
     *
     * @param thread number of the thread; 0 for none
     */
    record Root(HeapFile.Root kind, int thread) {}

    HeapPath(
            HeapFile file,
            Map<Long, HeapType> types,
            Root root,
            long first,
            Map<Long, HeapPaths.Link> ways,
            long loader) {
        this.file = file;
        this.types = types;
        this.root = root;
        this.first = first;
        this.ways = ways;
        this.loader = loader;
    }

    /** A sentence, and the path itself. */
    String words() throws IOException {
        List<Long> way = new ArrayList<>();
        for (long at = first; at != loader && at != 0; at = link(at).to()) {
            way.add(at);
        }
        readNames(way);
        List<String> steps = way.stream().map(this::step).toList();
        String thread = threadName();
        String own = way.stream()
                .filter(this::isOwn)
                .findFirst()
                .map(id -> (types.containsKey(id) ? "its class " : "an object of its class ") + typeName(id))
                .orElse("its class loader");
        String by = thread.isEmpty() ? "" : " of thread \"" + thread + "\"";
        String sentence = way.stream()
                .map(id -> SPOKEN.getOrDefault(typeName(id), ""))
                .filter(words -> !words.isEmpty())
                .findFirst()
                .map(words -> words.formatted(by, own))
                .orElseGet(() -> root.thread() != 0
                        ? "Thread \"" + thread + "\" holds " + own + "."
                        : typeName(first) + " holds " + own + ".");
        return sentence + " The way to it: " + String.join(" > ", steps) + ".";
    }

    private HeapPaths.Link link(long id) {
        return ways.getOrDefault(id, HeapPaths.Link.NONE);
    }

    private String step(long id) {
        HeapPaths.Link link = link(id);
        if (link.element() >= 0) {
            return "[" + link.element() + "]";
        }
        return typeName(id) + (link.field() == 0 ? "" : "." + strings.getOrDefault(link.field(), "?"));
    }

    private boolean isOwn(long id) {
        HeapType type = types.get(types.containsKey(id) ? id : typeOf.getOrDefault(id, 0L));
        return type != null && type.loader() == loader;
    }

    private String typeName(long id) {
        long type = types.containsKey(id) ? id : typeOf.getOrDefault(id, 0L);
        return strings.getOrDefault(typeNames.getOrDefault(type, 0L), "an array")
                .replace('/', '.');
    }

    private String threadName() throws IOException {
        long thread = threads.getOrDefault(root.thread(), 0L);
        long name = reference(thread, "name");
        long content = name == 0 ? 0 : reference(name, "value");
        var found = new Object() {
            String text = "";
        };
        if (content != 0) {
            file.read(new HeapFile.Visitor() {
                @Override
                public void bytes(long id, byte[] bytes) {
                    if (id == content) {
                        found.text = new String(bytes, StandardCharsets.ISO_8859_1);
                    }
                }
            });
        }
        return found.text;
    }

    private long reference(long object, String field) throws IOException {
        var found = new Object() {
            long value;
        };
        file.read(new HeapFile.Visitor() {
            @Override
            public void instance(long id, long type, byte[] content) {
                if (id == object) {
                    found.value = value(type, content, field);
                }
            }
        });
        return found.value;
    }

    private long value(long type, byte[] content, String field) {
        int at = 0;
        for (HeapType one = types.get(type); one != null; one = types.get(one.above())) {
            for (HeapType.Field each : one.fields()) {
                if (field.equals(strings.get(each.name()))) {
                    return ByteBuffer.wrap(content).getLong(at);
                }
                at += HeapFile.size(each.kind());
            }
        }
        return 0;
    }

    private void readNames(List<Long> way) throws IOException {
        file.read(new HeapFile.Visitor() {
            @Override
            public void name(long type, long name) {
                typeNames.put(type, name);
            }

            @Override
            public void root(HeapFile.Root kind, long id, int thread) {
                if (kind == HeapFile.Root.THREAD) {
                    threads.put(thread, id);
                }
            }

            @Override
            public void instance(long id, long type, byte[] content) {
                if (way.contains(id)) {
                    typeOf.put(id, type);
                }
            }
        });
        Set<Long> wanted = new HashSet<>();
        way.forEach(id -> {
            wanted.add(typeNames.getOrDefault(types.containsKey(id) ? id : typeOf.getOrDefault(id, 0L), 0L));
            wanted.add(link(id).field());
        });
        file.read(new HeapFile.Visitor() {
            @Override
            public void string(long id, String text) {
                if (wanted.contains(id) || text.equals("name") || text.equals("value")) {
                    strings.put(id, text);
                }
            }
        });
    }
}
