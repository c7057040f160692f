package dev.pawl.runtime.logging;

import dev.pawl.launch.ModuleLocation;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.StackWalker.StackFrame;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleReference;
import org.slf4j.event.Level;

/**
 * Replaces {@link System#out} or {@link System#err}: lines that a module prints become lines of the server's log under the name of its
 * bundle, and thus of the log of the job whose thread it is. Output of other code goes to the original stream. It holds no lock while it
 * dispatches, since the log itself may print to the terminal.
 */
public final class ModuleOutput extends PrintStream {

    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private static final ClassValue<Optional<String>> MODULES = new ClassValue<>() {
        @Override
        protected Optional<String> computeValue(Class<?> type) {
            Bundle bundle = type.getClassLoader() instanceof BundleReference of ? of.getBundle() : null;
            return bundle != null && ModuleLocation.isModule(bundle.getLocation())
                    ? Optional.of(String.valueOf(bundle.getSymbolicName()))
                    : Optional.empty();
        }
    };

    /** The line that each thread is printing, by level, which distinguishes the two streams. */
    private static final ThreadLocal<Map<Level, ModuleLines>> LINES =
            ThreadLocal.withInitial(() -> new EnumMap<>(Level.class));

    private final PrintStream before;
    private final Level level;

    public ModuleOutput(PrintStream before, Level level) {
        super(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        this.before = before;
        this.level = level;
    }

    /** Replaces both streams of this process. */
    public static void install() {
        System.setOut(new ModuleOutput(System.out, Level.INFO));
        System.setErr(new ModuleOutput(System.err, Level.WARN));
    }

    private PrintStream target() {
        Optional<String> module = STACK.walk(frames -> frames.map(StackFrame::getDeclaringClass)
                .filter(type -> !passesOn(type))
                .findFirst()
                .flatMap(MODULES::get));
        if (module.isEmpty()) {
            return before;
        }
        return LINES
                .get()
                .compute(
                        level,
                        (same, mine) -> mine != null && mine.module().equals(module.get())
                                ? mine
                                : new ModuleLines(module.get(), level))
                .stream();
    }

    /** Whether the class only passes on output of others: the JDK, this class, or the shell's own replacement of the streams. */
    private static boolean passesOn(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null
                || loader == ClassLoader.getPlatformClassLoader()
                || type == ModuleOutput.class
                || type.getName().startsWith("org.apache.felix.gogo.runtime.threadio.");
    }

    @Override
    public void write(int b) {
        target().write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        target().write(bytes, from, length);
    }

    @Override
    public void write(byte[] bytes) {
        target().write(bytes, 0, bytes.length);
    }

    @Override
    public void flush() {
        target().flush();
    }

    @Override
    public void close() {
        target().flush();
    }

    @Override
    public boolean checkError() {
        return before.checkError();
    }

    @Override
    public void println() {
        target().println();
    }

    @Override
    public PrintStream format(String format, @Nullable Object... arguments) {
        target().format(format, arguments);
        return this;
    }

    @Override
    public PrintStream format(@Nullable Locale locale, String format, @Nullable Object... arguments) {
        target().format(locale, format, arguments);
        return this;
    }

    @Override
    public PrintStream printf(String format, @Nullable Object... arguments) {
        return format(format, arguments);
    }

    @Override
    public PrintStream printf(@Nullable Locale locale, String format, @Nullable Object... arguments) {
        return format(locale, format, arguments);
    }

    @Override
    public PrintStream append(@Nullable CharSequence text) {
        target().append(text);
        return this;
    }

    @Override
    public PrintStream append(@Nullable CharSequence text, int from, int to) {
        target().append(text, from, to);
        return this;
    }

    @Override
    public PrintStream append(char character) {
        target().append(character);
        return this;
    }

    @Override
    public void print(boolean value) {
        target().print(value);
    }

    @Override
    public void println(boolean value) {
        target().println(value);
    }

    @Override
    public void print(char value) {
        target().print(value);
    }

    @Override
    public void println(char value) {
        target().println(value);
    }

    @Override
    public void print(int value) {
        target().print(value);
    }

    @Override
    public void println(int value) {
        target().println(value);
    }

    @Override
    public void print(long value) {
        target().print(value);
    }

    @Override
    public void println(long value) {
        target().println(value);
    }

    @Override
    public void print(float value) {
        target().print(value);
    }

    @Override
    public void println(float value) {
        target().println(value);
    }

    @Override
    public void print(double value) {
        target().print(value);
    }

    @Override
    public void println(double value) {
        target().println(value);
    }

    @Override
    public void print(char[] text) {
        target().print(text);
    }

    @Override
    public void println(char[] text) {
        target().println(text);
    }

    @Override
    public void print(@Nullable String text) {
        target().print(text);
    }

    @Override
    public void println(@Nullable String text) {
        target().println(text);
    }

    @Override
    public void print(@Nullable Object value) {
        target().print(value);
    }

    @Override
    public void println(@Nullable Object value) {
        target().println(value);
    }
}
