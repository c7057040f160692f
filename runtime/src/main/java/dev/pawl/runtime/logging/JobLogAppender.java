package dev.pawl.runtime.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.pawl.launch.JobLogSink;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Passes log events to the scheduler, which knows whether the thread works for a job and adds the line to that job's log. Named in {@code
 * etc/logback.xml}; does nothing while there is no scheduler.
 */
public final class JobLogAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    /** The name that {@code etc/logback.xml} gives this appender. */
    static final String NAME = "JOB";

    private final AtomicReference<@Nullable JobLogSink> jobLog = new AtomicReference<>();

    /** Sends lines to a job log from now on, or to nobody. */
    void forwardTo(@Nullable JobLogSink target) {
        jobLog.set(target);
    }

    @Override
    protected void append(ILoggingEvent event) {
        JobLogSink target = jobLog.get();
        if (target != null) {
            target.add(event.getLevel().toString(), message(event));
        }
    }

    private static String message(ILoggingEvent event) {
        IThrowableProxy problem = event.getThrowableProxy();
        return problem == null
                ? event.getFormattedMessage()
                : event.getFormattedMessage() + ": " + problem.getClassName() + ": " + problem.getMessage();
    }
}
