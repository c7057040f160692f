package dev.pawl.runtime.logging;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.LoggerConsumer;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.MessageFormatter;

/**
 * Implements the thirty methods of an OSGi logger by their names: {@code warn(format, arguments)}, {@code isWarnEnabled()} and so on.
 *
 * @param target the logger that receives the lines
 * @param printf whether formats are those of {@link String#format} instead of those with {@code {}}
 */
record OsgiLogger(Logger target, boolean printf) implements InvocationHandler {

    @Override
    @SuppressWarnings({"unchecked", "ArgumentSelectionDefectChecker"}) // a consumer takes the logger it is given to
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        if (method.getDeclaringClass() == Object.class) {
            return switch (name) {
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "the logger " + target.getName();
            };
        }
        if (name.equals("getName")) {
            return target.getName();
        }
        if (arguments == null) {
            return target.isEnabledForLevel(level(name.substring("is".length(), name.length() - "Enabled".length())));
        }
        Level level = level(name);
        if (target.isEnabledForLevel(level)) {
            if (arguments[0] instanceof LoggerConsumer<?> consumer) {
                ((LoggerConsumer<Exception>) consumer).accept((org.osgi.service.log.Logger) proxy);
            } else {
                write(level, String.valueOf(arguments[0]), parameters(arguments));
            }
        }
        return null;
    }

    private void write(Level level, String format, Object[] parameters) {
        FormattingTuple line = MessageFormatter.arrayFormat(format, parameters);
        String message =
                printf && parameters.length > 0 ? String.format(Locale.ROOT, format, parameters) : line.getMessage();
        target.atLevel(level).setCause(line.getThrowable()).log(message);
    }

    private static Object[] parameters(Object[] arguments) {
        return arguments.length == 2 && arguments[1] instanceof Object[] many
                ? many
                : Arrays.copyOfRange(arguments, 1, arguments.length);
    }

    private static Level level(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals("AUDIT") ? Level.INFO : Level.valueOf(upper);
    }
}
