package dev.pawl.runtime.framework;

import org.apache.felix.framework.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Brings the framework's own messages to the server's log; by itself the framework prints to the standard output. */
final class FrameworkLog extends Logger {

    private final org.slf4j.Logger log = LoggerFactory.getLogger("org.apache.felix.framework");

    /** Where all messages of the framework and its resolver end, those about a bundle with its name. */
    @Override
    protected void doLog(int level, @Nullable String message, @Nullable Throwable problem) {
        switch (level) {
            case LOG_ERROR -> log.error(message, problem);
            case LOG_WARNING -> log.warn(message, problem);
            case LOG_INFO -> log.info(message, problem);
            default -> log.debug(message, problem);
        }
    }
}
