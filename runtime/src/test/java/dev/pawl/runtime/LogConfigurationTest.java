package dev.pawl.runtime;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.OutputStreamAppender;
import dev.pawl.runtime.logging.MaskingEncoder;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log configuration that is shipped. */
final class LogConfigurationTest {

    @TempDir
    private Path folder;

    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void configure() throws Exception {
        context.putProperty("pawl.log.level", "INFO");
        context.putProperty("pawl.log.console", "OFF");
        context.putProperty("pawl.log.dir", folder.toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of("src/main/dist/etc/logback.xml").toFile());
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void allThatIsWrittenIsMasked() {
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        for (String name : new String[] {"CONSOLE", "FILE"}) {
            OutputStreamAppender<?> appender = assertInstanceOf(OutputStreamAppender.class, root.getAppender(name));
            assertInstanceOf(MaskingEncoder.class, appender.getEncoder(), name);
        }
    }

    @Test
    void aMalformedRequestIsNoWarning() {
        assertFalse(context.getLogger("org.eclipse.jetty.util.HostPort").isWarnEnabled());
        assertFalse(context.getLogger("org.eclipse.jetty.http.HttpParser").isWarnEnabled());
        assertTrue(context.getLogger("org.eclipse.jetty.server.Server").isWarnEnabled());
    }

    @Test
    void aFailureThatTheApiLogsIsNotLoggedByJettyToo() {
        assertFalse(context.getLogger("org.eclipse.jetty.server.Response").isWarnEnabled());
        assertTrue(context.getLogger("dev.pawl.http.RequestFailure").isErrorEnabled());
    }
}
