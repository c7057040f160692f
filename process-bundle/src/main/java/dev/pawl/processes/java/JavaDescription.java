package dev.pawl.processes.java;

import dev.pawl.api.module.Isolation;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.wiring.BundleCapability;

/**
 * A module in Java that asks for a process, as the manifest of its bundle declares it.
 *
 * @param type the name of its class
 * @param memory the heap of its JVM, in bytes
 * @param said the same as its author wrote it
 */
record JavaDescription(String id, String type, long memory, String said) {

    private static final Pattern MEMORY = Pattern.compile("(\\d{1,9})([kmg])");
    private static final String USUAL = "256m";
    private static final long LEAST = 16L << 20;
    private static final int BITS_A_UNIT = 10;

    /** Reads a declaration; empty when the module runs in the server. */
    static Optional<JavaDescription> of(BundleCapability declared) {
        Map<String, Object> attributes = declared.getAttributes();
        if (!Isolation.PROCESS.name().equals(String.valueOf(attributes.get("isolation")))) {
            return Optional.empty();
        }
        String memory = text(attributes, "memory");
        String said = memory.isBlank() ? USUAL : memory.strip().toLowerCase(Locale.ROOT);
        return Optional.of(new JavaDescription(text(attributes, "id"), text(attributes, "class"), bytes(said), said));
    }

    /** The amount; 0 when it is none, which no process is started with. */
    private static long bytes(String text) {
        Matcher parts = MEMORY.matcher(text);
        if (!parts.matches()) {
            return 0;
        }
        int bits = BITS_A_UNIT * ("kmg".indexOf(parts.group(2)) + 1);
        long bytes = Long.parseLong(parts.group(1)) << bits;
        return bytes < LEAST ? 0 : bytes;
    }

    private static String text(Map<String, Object> attributes, String name) {
        return String.valueOf(attributes.getOrDefault(name, ""));
    }
}
