package dev.pawl.runtime.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StandardLogTest {

    @TempDir
    private Path folder;

    private final LoggerContext standard = new LoggerContext();
    private final LoggerContext example = new LoggerContext();

    @BeforeEach
    void configure() throws Exception {
        for (LoggerContext context : List.of(standard, example)) {
            context.setMDCAdapter(new LogbackMDCAdapter());
            context.putProperty(StandardLog.LEVEL, "DEBUG");
            context.putProperty(StandardLog.CONSOLE_LEVEL, "WARN");
            context.putProperty(StandardLog.FOLDER, folder.toString());
        }
        StandardLog.configure(standard);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(example);
        configurator.doConfigure(
                Path.of("src/main/dist/etc/logback.example.xml").toFile());
    }

    @AfterEach
    void stop() {
        standard.stop();
        example.stop();
    }

    @Test
    void theExampleSaysTheSame() throws Exception {
        assertEquals(described(example), described(standard));
    }

    @Test
    void allThatIsWrittenIsMasked() {
        Logger root = standard.getLogger(Logger.ROOT_LOGGER_NAME);
        for (String name : new String[] {"CONSOLE", "FILE"}) {
            OutputStreamAppender<?> appender = assertInstanceOf(OutputStreamAppender.class, root.getAppender(name));
            assertInstanceOf(MaskingEncoder.class, appender.getEncoder(), name);
        }
    }

    @Test
    void aMalformedRequestIsNoWarning() {
        assertFalse(standard.getLogger("org.eclipse.jetty.util.HostPort").isWarnEnabled());
        assertFalse(standard.getLogger("org.eclipse.jetty.http.HttpParser").isWarnEnabled());
        assertTrue(standard.getLogger("org.eclipse.jetty.server.Server").isWarnEnabled());
    }

    @Test
    void aFailureThatTheApiLogsIsNotLoggedByJettyToo() {
        assertFalse(standard.getLogger("org.eclipse.jetty.server.Response").isWarnEnabled());
        assertTrue(standard.getLogger("dev.pawl.http.RequestFailure").isErrorEnabled());
    }

    /** The levels of all loggers, and the appenders with their settings. */
    private static List<String> described(LoggerContext context) throws ReflectiveOperationException {
        List<String> lines = new ArrayList<>();
        for (Logger logger : context.getLoggerList()) {
            if (logger.getLevel() != null) {
                lines.add(logger.getName() + " " + logger.getLevel());
            }
        }
        Iterator<Appender<ILoggingEvent>> appenders =
                context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        while (appenders.hasNext()) {
            lines.add(described(appenders.next()));
        }
        return lines;
    }

    private static String described(Appender<ILoggingEvent> appender) throws ReflectiveOperationException {
        StringBuilder text =
                new StringBuilder(appender.getName() + " " + appender.getClass() + " " + appender.isStarted());
        if (appender instanceof OutputStreamAppender<ILoggingEvent> writer
                && writer.getEncoder() instanceof MaskingEncoder encoder) {
            text.append(' ').append(encoder.getPattern()).append(' ').append(encoder.isStarted());
        }
        if (appender instanceof ConsoleAppender<ILoggingEvent> console) {
            text.append(' ').append(console.getTarget());
        }
        if (appender instanceof RollingFileAppender<ILoggingEvent> file
                && file.getRollingPolicy() instanceof SizeAndTimeBasedRollingPolicy<?> rolling) {
            text.append(' ').append(file.getFile()).append(' ').append(rolling.getFileNamePattern());
            text.append(' ').append(rolling.getMaxHistory()).append(' ').append(rolling.isStarted());
            text.append(' ').append(value(rolling, "maxFileSize")).append(' ').append(value(rolling, "totalSizeCap"));
        }
        for (Filter<ILoggingEvent> filter : appender.getCopyOfAttachedFiltersList()) {
            text.append(' ').append(filter.getClass()).append(' ').append(filter.isStarted());
            text.append(' ').append(value(filter, "level"));
        }
        return text.toString();
    }

    /** A setting of logback that has no getter. */
    private static String value(Object settings, String name) throws ReflectiveOperationException {
        for (Class<?> type = settings.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return String.valueOf(field.get(settings));
                }
            }
        }
        throw new NoSuchFieldException(name);
    }
}
