package dev.pawl.runtime.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.filter.Filter;
import dev.pawl.runtime.files.DataFolder;
import dev.pawl.runtime.files.Distribution;
import dev.pawl.runtime.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Configures logback: as {@link StandardLog} has it, or as the operator's {@code etc/logback.xml} says. */
public final class Logging {

    private Logging() {}

    /**
     * Begins to configure logback, directly and not by system properties: a module with a logback of its own would read those, and open our files.
     *
     * @param console the least level that also goes to the terminal, {@code OFF} for none
     */
    public static LogSetup begin(Distribution distribution, Settings settings, DataFolder data, String console) {
        NoDefaultLog.expect();
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext logback)) {
            return LogSetup.NONE;
        }
        Path file = distribution.etc().resolve("logback.xml");
        logback.reset(); // what an earlier server of this process has left
        logback.putProperty(StandardLog.LEVEL, settings.text(Settings.LOG_LEVEL));
        logback.putProperty(StandardLog.CONSOLE_LEVEL, console);
        logback.putProperty(StandardLog.FOLDER, data.logs().toString());
        return Files.exists(file) ? LogSetup.read(logback, file) : LogSetup.standard(logback);
    }

    /** The server has started: errors reach the terminal from now on. */
    public static void openConsole() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            Appender<ILoggingEvent> console =
                    logback.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(StandardLog.CONSOLE);
            if (console != null) {
                for (Filter<ILoggingEvent> filter : console.getCopyOfAttachedFiltersList()) {
                    if (filter instanceof ConsoleFilter gate) {
                        gate.open(console);
                    }
                }
            }
        }
    }
}
