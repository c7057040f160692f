package dev.pawl.runtime.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ConsoleFilterTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("org.example.gated");
    private final ListAppender<ILoggingEvent> console = new ListAppender<>();
    private final ConsoleFilter gate = new ConsoleFilter();

    @BeforeEach
    void putTheGateBeforeTheConsole() {
        logger.setLevel(Level.DEBUG);
        gate.start();
        console.addFilter(gate);
        console.start();
        logger.addAppender(console);
    }

    @AfterEach
    void takeTheConsoleAway() {
        logger.detachAppender(console);
    }

    @Test
    void warningsAndErrorsWaitUntilTheGateOpens() {
        logger.info("first");
        logger.error("second");
        logger.info("third");
        assertEquals(List.of("first", "third"), shown());

        gate.open(console);
        logger.warn("fourth");

        assertEquals(List.of("first", "third", "second", "fourth"), shown());
    }

    @Test
    void whatIsBelowTheLevelNeverPasses() {
        gate.setLevel("WARN");
        gate.open(console);

        logger.info("quiet");
        logger.warn("loud");

        assertEquals(List.of("loud"), shown());
    }

    @Test
    void nothingPassesWhenItIsOff() {
        gate.setLevel("OFF");
        logger.error("before");

        gate.open(console);
        logger.error("after");

        assertEquals(List.of(), shown());
    }

    private List<String> shown() {
        return console.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
