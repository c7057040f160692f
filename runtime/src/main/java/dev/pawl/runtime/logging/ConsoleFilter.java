package dev.pawl.runtime.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which log lines reach the terminal. Warnings and errors are held back until the server has started: when it does not start, a
 * sentence says why, and a page of stack traces before it would only hide that. Named in {@code etc/logback.xml}.
 */
public final class ConsoleFilter extends Filter<ILoggingEvent> {

    private Level level = Level.INFO;
    private boolean open;
    private final List<ILoggingEvent> held = new ArrayList<>();

    /** Sets the least level that passes, {@code OFF} for none; called from {@code etc/logback.xml}. */
    public void setLevel(String name) {
        level = Level.toLevel(name);
    }

    @Override
    public synchronized FilterReply decide(ILoggingEvent event) {
        if (!event.getLevel().isGreaterOrEqual(level)) {
            return FilterReply.DENY;
        }
        if (!open && event.getLevel().isGreaterOrEqual(Level.WARN)) {
            held.add(event);
            return FilterReply.DENY;
        }
        return FilterReply.NEUTRAL;
    }

    /** Lets warnings and errors through from now on, beginning with those that were held back. */
    void open(Appender<ILoggingEvent> console) {
        List<ILoggingEvent> waiting;
        synchronized (this) {
            open = true;
            waiting = List.copyOf(held);
            held.clear();
        }
        waiting.forEach(console::doAppend);
    }
}
