package dev.pawl.runtime;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.filter.Filter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Points logback at {@code etc/logback.xml} and fills in what that file leaves open. */
final class Logging {

    private Logging() {}

    /**
     * Must come before the first logger is made: logback reads its configuration once.
     *
     * @param console the least level that also goes to the terminal, {@code OFF} for none
     */
    static void configure(Distribution distribution, Settings settings, DataFolder data, String console) {
        System.setProperty(
                "logback.configurationFile",
                distribution.etc().resolve("logback.xml").toUri().toString());
        System.setProperty("pawl.log.level", settings.text(Settings.LOG_LEVEL));
        System.setProperty("pawl.log.console", console);
        System.setProperty("pawl.log.dir", data.logs().toString());
    }

    /** The server is up: errors reach the terminal from now on. */
    static void openConsole() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            Appender<ILoggingEvent> console =
                    logback.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("CONSOLE");
            if (console != null) {
                for (Filter<ILoggingEvent> filter : console.getCopyOfAttachedFiltersList()) {
                    if (filter instanceof ConsoleGate gate) {
                        gate.open(console);
                    }
                }
            }
        }
    }
}
