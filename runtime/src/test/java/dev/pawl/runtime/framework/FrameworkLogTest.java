package dev.pawl.runtime.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.slf4j.LoggerFactory;

class FrameworkLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("org.apache.felix.framework");
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    @BeforeEach
    void listen() {
        events.start();
        logger.addAppender(events);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(events);
    }

    @Test
    void messagesOfEveryKindReachTheLog() {
        FrameworkLog log = new FrameworkLog();
        log.setLogLevel(FrameworkLog.LOG_WARNING);

        log.log(FrameworkLog.LOG_ERROR, "of the resolver");
        log.log((Bundle) null, FrameworkLog.LOG_WARNING, "of a bundle", new IllegalStateException("jammed"));

        assertEquals(
                List.of(Level.ERROR, Level.WARN),
                events.list.stream().map(ILoggingEvent::getLevel).toList());
        assertEquals("of the resolver", events.list.get(0).getFormattedMessage());
    }
}
