package dev.pawl.runtime.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.OutputStreamAppender;
import dev.pawl.launch.JobLogSink;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects the appender for job logs with the scheduler's service while there is one. */
public final class JobLogLink extends ServiceTracker<JobLogSink, JobLogSink> {

    private JobLogLink(BundleContext context) {
        super(context, JobLogSink.class, null);
    }

    public static JobLogLink open(BundleContext context) {
        JobLogLink link = new JobLogLink(context);
        link.open();
        return link;
    }

    @Override
    public JobLogSink addingService(ServiceReference<JobLogSink> reference) {
        JobLogSink jobLog = super.addingService(reference);
        appender(target -> target.forwardTo(jobLog));
        encoders(encoder -> encoder.maskBy(jobLog::masked));
        return jobLog;
    }

    @Override
    public void removedService(ServiceReference<JobLogSink> reference, JobLogSink jobLog) {
        // The service is not released: by then the framework may have stopped.
        appender(target -> target.forwardTo(null));
        encoders(encoder -> encoder.maskBy(UnaryOperator.identity()));
    }

    private static void encoders(Consumer<MaskingEncoder> use) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
            logback.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders().forEachRemaining(appender -> {
                if (appender instanceof OutputStreamAppender<?> out
                        && out.getEncoder() instanceof MaskingEncoder encoder) {
                    use.accept(encoder);
                }
            });
        }
    }

    private static void appender(Consumer<JobLogAppender> use) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback
                && logback.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(JobLogAppender.NAME)
                        instanceof JobLogAppender appender) {
            use.accept(appender);
        }
    }
}
