package dev.pawl.scheduler.child;

import dev.pawl.api.module.LogLevel;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** SLF4J in the JVM of a task: lines from INFO on are lines of the job's log. Named by the system property {@code slf4j.provider}. */
public final class ChildLogging implements SLF4JServiceProvider {

    /** The task of this JVM, which has one; null before it begins. */
    private static volatile @Nullable ChildTask task;

    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();

    /** Created by SLF4J. */
    public ChildLogging() {}

    static void begin(ChildTask ofThisJvm) {
        task = ofThisJvm;
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return TaskLogger::new;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {
        // There is nothing to read.
    }

    private static final class TaskLogger extends LegacyAbstractLogger {

        private static final long serialVersionUID = 1L;

        TaskLogger(String name) {
            this.name = name;
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String pattern,
                Object @Nullable [] arguments,
                @Nullable Throwable thrown) {
            String text = MessageFormatter.basicArrayFormat(pattern, arguments);
            String line = thrown == null ? text : text + "\n" + ChildProgram.stack(thrown);
            ChildTask known = task;
            if (known != null) { // before the task there is nothing to say
                known.line(
                        level == Level.ERROR ? LogLevel.ERROR : level == Level.WARN ? LogLevel.WARNING : LogLevel.INFO,
                        line);
            }
        }
    }
}
