package dev.pawl.runtime.logging;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Collects the lines that a thread of a module prints; each complete line is logged under the module's name. */
final class ModuleLines extends OutputStream {

    private static final int LONGEST = 64 * 1024;

    private final String module;
    private final Level level;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(this, true, StandardCharsets.UTF_8);

    ModuleLines(String module, Level level) {
        this.module = module;
        this.level = level;
    }

    String module() {
        return module;
    }

    /** The stream that prints to it. */
    PrintStream stream() {
        return stream;
    }

    @Override
    public void write(int b) {
        if (b == '\n' || line.size() >= LONGEST) {
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            LoggerFactory.getLogger(module).atLevel(level).log(text);
        }
        if (b != '\n' && b != '\r') {
            line.write(b);
        }
    }
}
