package dev.pawl.runtime.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.spi.FilterReply;
import dev.pawl.runtime.start.StartException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * A configuration of the log, read on a thread of its own while the framework is prepared: reading it takes a fifteenth of a start. Whoever logs
 * meanwhile waits for it, so that no line is lost. Safe for many threads.
 */
public final class LogSetup {

    /** Nothing to be read. */
    public static final LogSetup NONE = new LogSetup(new FutureTask<>(() -> {}, null));

    static {
        NONE.reading.run();
    }

    private final FutureTask<@Nullable Void> reading;

    private LogSetup(FutureTask<@Nullable Void> reading) {
        this.reading = reading;
    }

    /** Begins to configure the log as {@link StandardLog} has it. */
    static LogSetup standard(LoggerContext logback) {
        return begin(logback, () -> {
            StandardLog.configure(logback);
            return null;
        });
    }

    /** Begins to read the operator's file. */
    static LogSetup read(LoggerContext logback, Path file) {
        return begin(logback, () -> {
            configure(logback, file);
            return null;
        });
    }

    private static LogSetup begin(LoggerContext logback, Callable<@Nullable Void> reading) {
        LogSetup setup = new LogSetup(new FutureTask<>(() -> {
            try {
                return reading.call();
            } finally { // before anybody hears that the log is configured
                logback.getTurboFilterList().removeIf(Gate.class::isInstance);
            }
        }));
        Thread reader = new Thread(setup.reading, "pawl-log");
        logback.addTurboFilter(new Gate(reader, setup));
        reader.setDaemon(true);
        reader.start();
        return setup;
    }

    /**
     * Waits until the log is configured.
     *
     * @throws StartException when the file cannot be read
     */
    public void await() throws StartException, InterruptedException {
        try {
            reading.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof StartException unreadable) {
                throw unreadable;
            }
            throw new StartException("The log cannot be configured: " + failed.getCause() + ".", failed);
        }
    }

    private static void configure(LoggerContext logback, Path file) throws StartException {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(logback);
        try {
            configurator.doConfigure(file.toFile());
        } catch (JoranException e) {
            throw new StartException(
                    "The configuration of the log, " + file + ", cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** Holds lines back until the log is configured, except those of the thread that configures it. */
    private static final class Gate extends TurboFilter {
        private final Thread reader;
        private final LogSetup setup;

        Gate(Thread reader, LogSetup setup) {
            this.reader = reader;
            this.setup = setup;
        }

        @Override
        public FilterReply decide(
                @Nullable Marker marker,
                ch.qos.logback.classic.Logger logger,
                Level level,
                @Nullable String format,
                Object @Nullable [] params,
                @Nullable Throwable thrown) {
            if (Thread.currentThread() != reader) {
                try {
                    setup.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // the line goes to whatever is configured by now
                } catch (StartException e) {
                    return FilterReply.NEUTRAL; // told by the start, which waits for the same
                }
            }
            return FilterReply.NEUTRAL;
        }
    }
}
