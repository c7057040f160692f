package dev.pawl.scheduler.schema;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Durations such as {@code 30s} and instants such as {@code 2026-01-01T00:00:00Z}, as text. */
final class TimeModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    TimeModule() {
        super("pawl-times");
        addSerializer(Duration.class, ToStringSerializer.instance);
        addSerializer(Instant.class, ToStringSerializer.instance);
        addDeserializer(Duration.class, new Durations());
        addDeserializer(Instant.class, new Instants());
    }

    private static final class Durations extends FromStringDeserializer<Duration> {

        private static final long serialVersionUID = 1L;

        Durations() {
            super(Duration.class);
        }

        @Override
        protected Duration _deserialize(String text, DeserializationContext context) {
            return DurationText.parse(text);
        }
    }

    private static final class Instants extends FromStringDeserializer<Instant> {

        private static final long serialVersionUID = 1L;

        Instants() {
            super(Instant.class);
        }

        @Override
        protected Instant _deserialize(String text, DeserializationContext context) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is no time; it takes one such as 2026-01-01T00:00:00Z.", e);
            }
        }
    }
}
