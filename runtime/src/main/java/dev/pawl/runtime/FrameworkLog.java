package dev.pawl.runtime;

import org.apache.felix.framework.Logger;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.slf4j.LoggerFactory;

/** Brings the framework's own messages to the server's log; by itself the framework prints to the standard output. */
final class FrameworkLog extends Logger {

    private final org.slf4j.Logger log = LoggerFactory.getLogger("org.apache.felix.framework");

    @Override
    @SuppressWarnings("rawtypes") // as the framework declares it
    protected void doLog(
            @Nullable Bundle bundle,
            @Nullable ServiceReference ref,
            int level,
            @Nullable String message,
            @Nullable Throwable problem) {
        String text = bundle == null ? message : "[" + bundle.getSymbolicName() + "] " + message;
        switch (level) {
            case LOG_ERROR -> log.error(text, problem);
            case LOG_WARNING -> log.warn(text, problem);
            case LOG_INFO -> log.info(text, problem);
            default -> log.debug(text, problem);
        }
    }
}
