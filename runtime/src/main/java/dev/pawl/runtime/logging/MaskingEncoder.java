package dev.pawl.runtime.logging;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * Masks the secrets of the task whose thread logs: in the message, in the stack trace of an exception, in the thread's name. Named in
 * {@code etc/logback.xml}; changes nothing while there is no scheduler.
 */
public final class MaskingEncoder extends PatternLayoutEncoder {

    private volatile UnaryOperator<String> mask = UnaryOperator.identity();

    /** Sets the function that masks lines from now on. */
    void maskBy(UnaryOperator<String> change) {
        mask = change;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return mask.apply(getLayout().doLayout(event)).getBytes(StandardCharsets.UTF_8);
    }
}
