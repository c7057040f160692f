package dev.pawl.runtime.framework;

import org.apache.felix.framework.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Passes the framework's own messages to the server's log; by default the framework prints to the standard output. */
final class FrameworkLog extends Logger {

    private final org.slf4j.Logger log = LoggerFactory.getLogger("org.apache.felix.framework");

    /** Receives all messages of the framework and its resolver; those about a bundle contain its name. */
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
