package dev.pawl.runtime.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSetupTest {

    @TempDir
    private Path folder;

    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void prepare() {
        context.setMDCAdapter(new LogbackMDCAdapter());
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void whatIsLoggedWhileTheFileIsReadIsNotLost() throws Exception {
        Path lines = folder.resolve("lines");
        LogSetup setup = LogSetup.read(context, configuration("""
                <configuration>
                  <appender name="FILE" class="ch.qos.logback.core.FileAppender">
                    <file>%s</file>
                    <encoder><pattern>%%level %%msg%%n</pattern></encoder>
                  </appender>
                  <root level="INFO"><appender-ref ref="FILE"/></root>
                </configuration>
                """.formatted(lines)));

        context.getLogger("early").debug("not wanted");
        context.getLogger("early").info("wanted");
        setup.await();
        context.getLogger("late").info("wanted too");

        assertEquals(List.of("INFO wanted", "INFO wanted too"), Files.readAllLines(lines));
        assertTrue(context.getTurboFilterList().isEmpty(), "no later line passes the gate");
    }

    @Test
    void aFileThatCannotBeReadIsTheStartsProblemAndHoldsNobodyUp() throws Exception {
        LogSetup setup = LogSetup.read(context, configuration("<configuration><appender>"));

        context.getLogger("early").info("goes nowhere");

        StartException unreadable = assertThrows(StartException.class, setup::await);
        assertTrue(unreadable.sentence().startsWith("The configuration of the log, "), unreadable::sentence);
    }

    private Path configuration(String text) throws IOException {
        return Files.writeString(folder.resolve("logback.xml"), text);
    }
}
