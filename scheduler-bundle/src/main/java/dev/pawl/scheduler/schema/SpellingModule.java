package dev.pawl.scheduler.schema;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.io.IOException;
import java.util.Optional;

/** Jackson module for values that have a {@link Spelling}, and for {@link Optional}, where absent and null are empty. */
final class SpellingModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    SpellingModule() {
        super("pawl-spellings");
        for (Spelling spelling : Spelling.values()) {
            add(spelling, spelling.type());
        }
        addSerializer(CharSequence.class, ToStringSerializer.instance); // such as a GString of Groovy
        addSerializer(new Present());
        addDeserializer(Optional.class, new Perhaps(TypeFactory.unknownType()));
    }

    @SuppressWarnings("unchecked") // the spelling reads what its type is
    private <T> void add(Spelling spelling, Class<T> type) {
        addSerializer(type, ToStringSerializer.instance);
        addDeserializer(type, (JsonDeserializer<T>) new Spelled(spelling));
    }

    private static final class Spelled extends FromStringDeserializer<Object> {

        private static final long serialVersionUID = 1L;

        private final Spelling spelling;

        Spelled(Spelling spelling) {
            super(spelling.type());
            this.spelling = spelling;
        }

        @Override
        protected Object _deserialize(String text, DeserializationContext context) {
            return spelling.read(text);
        }
    }

    private static final class Present extends StdSerializer<Optional<?>> {

        private static final long serialVersionUID = 1L;

        Present() {
            super(Optional.class, false);
        }

        @Override
        public void serialize(Optional<?> value, JsonGenerator json, SerializerProvider provider) throws IOException {
            provider.defaultSerializeValue(value.orElse(null), json);
        }
    }

    private static final class Perhaps extends StdDeserializer<Optional<?>> implements ContextualDeserializer {

        private static final long serialVersionUID = 1L;

        private final JavaType held;

        Perhaps(JavaType held) {
            super(Optional.class);
            this.held = held;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
            JavaType optional = context.getContextualType();
            return optional == null ? this : new Perhaps(optional.containedTypeOrUnknown(0));
        }

        @Override
        public Optional<?> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return Optional.ofNullable(context.readValue(parser, held));
        }

        @Override
        public Optional<?> getNullValue(DeserializationContext context) {
            return Optional.empty();
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return Optional.empty();
        }
    }
}
