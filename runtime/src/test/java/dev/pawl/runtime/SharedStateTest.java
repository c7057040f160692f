package dev.pawl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pawl.runtime.files.DataFolder;
import dev.pawl.runtime.files.Distribution;
import dev.pawl.runtime.logging.JulBridge;
import dev.pawl.runtime.logging.Logging;
import dev.pawl.runtime.logging.ModuleOutput;
import dev.pawl.runtime.process.PlainThreads;
import dev.pawl.runtime.settings.SettingSources;
import dev.pawl.runtime.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The properties, threads and logs of the JVM, which the server shares with the libraries that modules embed. */
class SharedStateTest {

    @TempDir
    private Path folder;

    @Test
    void theLogIsConfiguredWithoutAPropertyThatAnotherLogbackWouldRead() throws Exception {
        Distribution distribution = new Distribution(folder.resolve("home"), "1.2.3", "2.0.0", "1.5.0");
        Files.createDirectories(distribution.etc());
        Settings settings = Settings.of(distribution, SettingSources.read(distribution, Map.of(), Map.of()));
        LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
        try (DataFolder data = DataFolder.open(folder.resolve("data"))) {
            Logging.begin(distribution, settings, data, "OFF").await();

            LoggerFactory.getLogger("test").warn("a line");
            assertTrue(Files.readString(data.logs().resolve("pawl.log")).contains("a line"));
            assertEquals(
                    List.of(),
                    System.getProperties().stringPropertyNames().stream()
                            .filter(name -> name.startsWith("logback") || name.startsWith("pawl.log"))
                            .toList());
        } finally {
            logback.reset();
        }
    }

    @Test
    void aThreadThatTheServerBeginsForAllInheritsNothing() {
        ClassLoader ofAModule = new ClassLoader(null) {};
        Thread caller = Thread.currentThread();
        ClassLoader before = caller.getContextClassLoader();
        caller.setContextClassLoader(ofAModule);
        try {
            Thread made = new PlainThreads().newThread(() -> {});
            assertSame(ClassLoader.getSystemClassLoader(), made.getContextClassLoader());
            assertTrue(made.isDaemon());
        } finally {
            caller.setContextClassLoader(before);
        }
    }

    @Test
    void linesOfJavaUtilLoggingKeepTheirLevels() {
        java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
        List<java.util.logging.Handler> before = List.of(root.getHandlers());
        Logger target = (Logger) LoggerFactory.getLogger("org.example.old");
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        events.start();
        target.addAppender(events);
        try {
            JulBridge.install();
            java.util.logging.Logger old = java.util.logging.Logger.getLogger("org.example.old");
            old.log(Level.WARNING, "{0} of {1}", new Object[] {1, 2});
            old.info("plain {");
            old.severe("bad");
            assertEquals(
                    List.of("WARN 1 of 2", "INFO plain {", "ERROR bad"),
                    events.list.stream()
                            .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                            .toList());
        } finally {
            List.of(root.getHandlers()).forEach(root::removeHandler);
            before.forEach(root::addHandler);
            target.detachAppender(events);
        }
    }

    @Test
    void whatTheServerPrintsGoesWhereItWentBefore() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ModuleOutput output =
                new ModuleOutput(new PrintStream(bytes, true, StandardCharsets.UTF_8), org.slf4j.event.Level.INFO);

        output.println("ready");
        output.printf("%d%n", 1);

        assertEquals("ready\n1\n", bytes.toString(StandardCharsets.UTF_8));
    }
}
