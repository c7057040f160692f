package dev.pawl.runtime.logging;

import java.text.MessageFormat;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/** Passes lines of {@code java.util.logging} to the server's log, and thus to the log of the job whose thread it is. */
public final class JulBridge extends Handler {

    private JulBridge() {}

    /** Replaces the handler that writes to the terminal. */
    public static void install() {
        Logger root = LogManager.getLogManager().getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new JulBridge());
    }

    @Override
    public void publish(LogRecord line) {
        String name = line.getLoggerName();
        LoggerFactory.getLogger(name == null || name.isEmpty() ? "java.util.logging" : name)
                .atLevel(level(line.getLevel()))
                .setCause(line.getThrown())
                .log(text(line));
    }

    private static org.slf4j.event.Level level(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return org.slf4j.event.Level.ERROR;
        }
        if (value >= Level.WARNING.intValue()) {
            return org.slf4j.event.Level.WARN;
        }
        if (value >= Level.INFO.intValue()) {
            return org.slf4j.event.Level.INFO;
        }
        return value >= Level.FINE.intValue() ? org.slf4j.event.Level.DEBUG : org.slf4j.event.Level.TRACE;
    }

    /**
     * Formats a message as {@link java.util.logging.Formatter#formatMessage} does: localised by the logger's resource bundle, with its
     * parameters.
     */
    private static String text(LogRecord line) {
        String text = line.getMessage();
        if (text == null) {
            return "";
        }
        ResourceBundle texts = line.getResourceBundle();
        try {
            text = texts == null ? text : texts.getString(text);
        } catch (MissingResourceException none) {
            text = line.getMessage();
        }
        Object[] parameters = line.getParameters();
        if (parameters == null || parameters.length == 0 || !text.contains("{")) {
            return text;
        }
        try {
            return new MessageFormat(text, java.util.Locale.ROOT).format(parameters);
        } catch (IllegalArgumentException noFormat) {
            return text;
        }
    }

    @Override
    public void flush() {
        // the server's log is not buffered
    }

    @Override
    public void close() {
        // there is nothing to close
    }
}
