package dev.pawl.it.swap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory of a server after a full collection, as shown by {@code jcmd} for its JVM (with the serial collector).
 *
 * @param heapKb the used heap
 * @param metaspaceKb the used metaspace
 * @param classes the number of loaded classes
 */
record Footprint(long heapKb, long metaspaceKb, long classes) {

    private static final Pattern GENERATION = Pattern.compile("generation\\s+total \\d+K, used (\\d+)K");
    private static final Pattern METASPACE = Pattern.compile("Metaspace\\s+used (\\d+)K");
    private static final Pattern CLASSES = Pattern.compile("(\\d+) classes");

    static Footprint of(long pid) {
        for (int i = 0; i < 3; i++) { // objects freed by a cleaner after one collection go with the next one
            jcmd(pid, "GC.run");
        }
        String heap = jcmd(pid, "GC.heap_info");
        long used = 0;
        Matcher generations = GENERATION.matcher(heap);
        while (generations.find()) {
            used += Long.parseLong(generations.group(1));
        }
        return new Footprint(used, number(METASPACE, heap), number(CLASSES, jcmd(pid, "VM.metaspace")));
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (matcher.find()) {
            return Long.parseLong(matcher.group(1));
        }
        throw new IllegalStateException("jcmd answered " + text);
    }

    private static String jcmd(long pid, String... command) {
        String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            ProcessBuilder builder = new ProcessBuilder(tool, Long.toString(pid));
            builder.command().addAll(java.util.List.of(command));
            Process process = builder.redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
