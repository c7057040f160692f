package dev.pawl.runtime.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.OutputStreamAppender;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects the appender for job logs with the scheduler's service while there is one. */
public final class JobLogLink extends ServiceTracker<Object, Object> {

    private static final String FILTER = "(&(objectClass=java.util.function.BiConsumer)(pawl.role=job-log))";

    private JobLogLink(BundleContext context) throws InvalidSyntaxException {
        super(context, context.createFilter(FILTER), null);
    }

    public static JobLogLink open(BundleContext context) {
        try {
            JobLogLink link = new JobLogLink(context);
            link.open(true);
            return link;
        } catch (InvalidSyntaxException constant) {
            throw new IllegalStateException(constant);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the role says what they take
    public Object addingService(ServiceReference<Object> reference) {
        Object service = super.addingService(reference);
        if (service instanceof BiConsumer<?, ?> jobLog) {
            appender(target -> target.forwardTo((BiConsumer<String, String>) jobLog));
        }
        if (service instanceof UnaryOperator<?> mask) {
            encoders(encoder -> encoder.maskBy((UnaryOperator<String>) mask));
        }
        return service;
    }

    @Override
    public void removedService(ServiceReference<Object> reference, Object service) {
        // The service is not given back: by then the framework may be gone.
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
