package dev.pawl.runtime.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.Map;

/**
 * The log as it is when there is no {@code etc/logback.xml}: the same as {@code etc/logback.example.xml}, which is read in ten times the time.
 */
final class StandardLog {

    /** Properties of the context, which both ways take their values from. */
    static final String LEVEL = "pawl.log.level";

    static final String CONSOLE_LEVEL = "pawl.log.console";
    static final String FOLDER = "pawl.log.dir";

    /** The appender that writes to the terminal. */
    static final String CONSOLE = "CONSOLE";

    private static final String ON_THE_TERMINAL = "%d{HH:mm:ss.SSS} %-5level [%thread] %logger{24} - %.-16384msg%n";
    private static final String IN_THE_FILE =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level [%thread] %logger - %.-16384msg%n";
    private static final FileSize OF_A_FILE = FileSize.valueOf("10MB");
    private static final FileSize OF_ALL_FILES = FileSize.valueOf("100MB");
    private static final int DAYS = 14;

    /** Third parties speak when something is wrong; the example says why some of them do so later. */
    private static final Map<String, Level> THIRD_PARTIES = Map.of(
            "org.eclipse.jetty", Level.WARN,
            "org.eclipse.jetty.http", Level.ERROR,
            "org.eclipse.jetty.util.HostPort", Level.ERROR,
            "org.eclipse.jetty.server.Response", Level.ERROR,
            "org.apache.felix", Level.WARN,
            "org.apache.hc", Level.WARN,
            "com.zaxxer.hikari", Level.WARN,
            "org.osgi.service.log", Level.WARN);

    private final LoggerContext logback;

    private StandardLog(LoggerContext logback) {
        this.logback = logback;
    }

    /** Configures logback with the values of the properties above. */
    static void configure(LoggerContext logback) {
        StandardLog log = new StandardLog(logback);
        THIRD_PARTIES.forEach((name, level) -> logback.getLogger(name).setLevel(level));
        Logger root = logback.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(logback.getProperty(LEVEL)));
        root.addAppender(log.console(logback.getProperty(CONSOLE_LEVEL)));
        root.addAppender(log.file(Path.of(logback.getProperty(FOLDER))));
        root.addAppender(log.started(new JobLogAppender(), JobLogAppender.NAME));
    }

    private Appender<ILoggingEvent> console(String level) {
        ConsoleFilter filter = new ConsoleFilter();
        filter.setContext(logback);
        filter.setLevel(level);
        filter.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(logback);
        appender.setTarget("System.err");
        appender.addFilter(filter);
        appender.setEncoder(encoder(ON_THE_TERMINAL));
        return started(appender, CONSOLE);
    }

    private Appender<ILoggingEvent> file(Path folder) {
        LogFileAppender appender = new LogFileAppender();
        appender.setContext(logback);
        appender.setFile(folder.resolve("pawl.log").toString());
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> rolling = new SizeAndTimeBasedRollingPolicy<>();
        rolling.setContext(logback);
        rolling.setParent(appender);
        rolling.setFileNamePattern(
                folder.resolve("pawl.%d{yyyy-MM-dd}.%i.log.gz").toString());
        rolling.setMaxFileSize(OF_A_FILE);
        rolling.setMaxHistory(DAYS);
        rolling.setTotalSizeCap(OF_ALL_FILES);
        rolling.start();
        appender.setRollingPolicy(rolling);
        appender.setEncoder(encoder(IN_THE_FILE));
        return started(appender, "FILE");
    }

    private MaskingEncoder encoder(String pattern) {
        MaskingEncoder encoder = new MaskingEncoder();
        encoder.setContext(logback);
        encoder.setPattern(pattern);
        encoder.start();
        return encoder;
    }

    private Appender<ILoggingEvent> started(Appender<ILoggingEvent> appender, String name) {
        appender.setContext(logback);
        appender.setName(name);
        appender.start();
        return appender;
    }
}
