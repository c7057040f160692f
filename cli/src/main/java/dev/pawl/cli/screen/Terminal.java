package dev.pawl.cli.screen;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The terminal, pipe or file to which the output goes.
 *
 * @param interactive whether it is a terminal, on which lines may be overwritten
 * @param coloured whether colours are shown
 * @param width the number of columns, at least 40
 * @param charset its character set
 */
public record Terminal(boolean interactive, boolean coloured, int width, Charset charset) {
    /** The width when it is unknown. */
    public static final int USUAL_WIDTH = 80;

    private static final int LEAST_WIDTH = 40;
    private static final int MOST_WIDTH = 10_000;
    private static final long PATIENCE_MS = 500;

    public Terminal {
        width = Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, width));
    }

    /** The settings for a pipe or a file. */
    public static Terminal pipe(Map<String, String> environment) {
        return new Terminal(
                false, false, columns(environment.get("COLUMNS")).orElse(USUAL_WIDTH), StandardCharsets.UTF_8);
    }

    /** Detects the output of this process. */
    public static Terminal detect(Map<String, String> environment) {
        Console console = console().orElse(null);
        if (console == null) {
            return pipe(environment);
        }
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean coloured = !dumb && environment.getOrDefault("NO_COLOR", "").isEmpty();
        int width =
                columns(environment.get("COLUMNS")).orElseGet(() -> measured().orElse(USUAL_WIDTH));
        return new Terminal(!dumb, coloured, width, console.charset());
    }

    /** The console of this process, when a person is at it: neither input nor output is a pipe. */
    @SuppressWarnings("SystemConsoleNull") // from 22 on it is isTerminal() that tells
    public static Optional<Console> console() {
        Console console = System.console();
        return console == null || !isTerminal(console) ? Optional.empty() : Optional.of(console);
    }

    /** The same, but as wide as anything that is shown. */
    Terminal widest() {
        return new Terminal(interactive, coloured, MOST_WIDTH, charset);
    }

    /** Whether the characters can be shown. */
    public boolean shows(String characters) {
        return charset.newEncoder().canEncode(characters);
    }

    /** Whether the output is a terminal. Java 17 has no such method, but no console when there is no terminal. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    private static OptionalInt columns(@Nullable String text) {
        try {
            int columns = text == null ? 0 : Integer.parseInt(text.strip());
            return columns > 0 ? OptionalInt.of(columns) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** The width according to the terminal, for which Java has no method. */
    private static OptionalInt measured() {
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
            return OptionalInt.empty();
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream output = stty.getInputStream()) {
                String[] rowsAndColumns = new String(output.readAllBytes(), StandardCharsets.US_ASCII)
                        .strip()
                        .split(" ", -1);
                stty.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS);
                return rowsAndColumns.length == 2 ? columns(rowsAndColumns[1]) : OptionalInt.empty();
            }
        } catch (IOException e) {
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }
}
