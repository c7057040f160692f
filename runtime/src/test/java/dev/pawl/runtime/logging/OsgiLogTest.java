package dev.pawl.runtime.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.FormatterLogger;
import org.slf4j.LoggerFactory;

class OsgiLogTest {

    private final Logger target = (Logger) LoggerFactory.getLogger("org.example.component");
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final OsgiLog log = new OsgiLog();

    @BeforeEach
    void listen() {
        events.start();
        target.addAppender(events);
    }

    @AfterEach
    void stopListening() {
        target.detachAppender(events);
        target.setLevel(null);
    }

    @Test
    void everyLevelHasItsCounterpart() {
        target.setLevel(Level.TRACE);
        org.osgi.service.log.Logger logger = log.getLogger("org.example.component");

        logger.trace("a");
        logger.debug("a");
        logger.info("a");
        logger.audit("a");
        logger.warn("a");
        logger.error("a");

        assertEquals(
                List.of(Level.TRACE, Level.DEBUG, Level.INFO, Level.INFO, Level.WARN, Level.ERROR),
                events.list.stream().map(ILoggingEvent::getLevel).toList());
    }

    @Test
    void argumentsAreFilledInHoweverManyThereAre() {
        org.osgi.service.log.Logger logger = log.getLogger("org.example.component");

        logger.info("none");
        logger.info("{}", 1);
        logger.info("{} {}", 1, 2);
        logger.info("{} {} {}", 1, 2, 3);
        log.getLogger("org.example.component", FormatterLogger.class).info("%d of %s", 1, "two");

        assertEquals(
                List.of("none", "1", "1 2", "1 2 3", "1 of two"),
                events.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
    }

    @Test
    void anExceptionAtTheEndIsTheCause() {
        Exception problem = new IllegalStateException("jammed");

        log.getLogger("org.example.component").error("{} failed", "it", problem);

        ILoggingEvent event = events.list.get(0);
        assertEquals("it failed", event.getFormattedMessage());
        assertSame(problem, ((ThrowableProxy) event.getThrowableProxy()).getThrowable());
    }

    @Test
    void whatIsNotEnabledIsNotComputed() throws Exception {
        target.setLevel(Level.WARN);
        org.osgi.service.log.Logger logger = log.getLogger("org.example.component");

        logger.info(withinLogger -> {
            throw new IllegalStateException("must not be asked");
        });
        logger.warn(withinLogger -> withinLogger.warn("asked"));

        assertTrue(logger.isWarnEnabled());
        assertFalse(logger.isInfoEnabled());
        assertEquals(1, events.list.size());
    }

    @Test
    void loggersHaveNamesAndAreEqualToThemselves() {
        org.osgi.service.log.Logger logger = log.getLogger(OsgiLogTest.class);

        assertEquals(OsgiLogTest.class.getName(), logger.getName());
        assertEquals(logger, logger);
        assertEquals("the logger " + OsgiLogTest.class.getName(), logger.toString());
    }

    @Test
    void anUnknownTypeOfLoggerIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> log.getLogger("x", SpecialLogger.class));
    }

    /** A type that the log service does not know. */
    private interface SpecialLogger extends org.osgi.service.log.Logger {}
}
