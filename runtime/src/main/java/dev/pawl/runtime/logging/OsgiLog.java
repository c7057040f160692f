package dev.pawl.runtime.logging;

import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The OSGi log service on top of the server's log. Declarative Services and Config Admin use it, and print to the standard streams when
 * there is none.
 */
public final class OsgiLog implements LogService {

    private static final String NAMELESS = "org.osgi.service.log";

    @Override
    public Logger getLogger(String name) {
        return getLogger(name, Logger.class);
    }

    @Override
    public Logger getLogger(Class<?> type) {
        return getLogger(type.getName(), Logger.class);
    }

    @Override
    public <L extends Logger> L getLogger(String name, Class<L> loggerType) {
        if (loggerType != Logger.class && loggerType != FormatterLogger.class) {
            throw new IllegalArgumentException("There is no logger of the type " + loggerType.getName() + ".");
        }
        // The root of the OSGi loggers is not the root of the server's loggers: it is used by callers without a logger
        // name.
        String own = name.equals(Logger.ROOT_LOGGER_NAME) ? NAMELESS : name;
        OsgiLogger handler = new OsgiLogger(LoggerFactory.getLogger(own), loggerType == FormatterLogger.class);
        return loggerType.cast(
                Proxy.newProxyInstance(OsgiLog.class.getClassLoader(), new Class<?>[] {loggerType}, handler));
    }

    @Override
    public <L extends Logger> L getLogger(Class<?> type, Class<L> loggerType) {
        return getLogger(type.getName(), loggerType);
    }

    @Override
    public <L extends Logger> L getLogger(Bundle bundle, String name, Class<L> loggerType) {
        return getLogger(name, loggerType);
    }

    @Override
    @Deprecated
    public void log(int level, String message) {
        write(level, message, null);
    }

    @Override
    @Deprecated
    public void log(int level, String message, @Nullable Throwable problem) {
        write(level, message, problem);
    }

    @Override
    @Deprecated
    public void log(@Nullable ServiceReference<?> about, int level, String message) {
        write(level, message, null);
    }

    @Override
    @Deprecated
    public void log(@Nullable ServiceReference<?> about, int level, String message, @Nullable Throwable problem) {
        write(level, message, problem);
    }

    /** @param level the level, as numbered by the first version of the log service: 1 error, 2 warning, 3 info, 4 debug */
    private static void write(int level, String message, @Nullable Throwable problem) {
        Level translated =
                switch (level) {
                    case 1 -> Level.ERROR;
                    case 2 -> Level.WARN;
                    case 3 -> Level.INFO;
                    default -> Level.DEBUG;
                };
        LoggerFactory.getLogger(NAMELESS).atLevel(translated).setCause(problem).log(message);
    }
}
