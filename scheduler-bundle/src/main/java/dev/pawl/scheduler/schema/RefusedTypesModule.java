package dev.pawl.scheduler.schema;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.util.Set;

/**
 * Jackson module that refuses types of the JVM that are no values. A thread, a class loader, a lock or a stream has getters and would be
 * written as a bean, together with all objects that it refers to; no module means that.
 */
final class RefusedTypesModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    private static final Set<String> PACKAGES = Set.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.ref",
            "java.lang.reflect",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.util.concurrent.locks",
            "java.util.stream",
            "java.io",
            "java.net",
            "java.net.http",
            "java.nio",
            "java.nio.channels",
            "java.nio.file");

    /** Classes of those packages that hold values, or that are superclasses of values. */
    private static final Set<Class<?>> VALUES =
            Set.of(Object.class, Record.class, Enum.class, Number.class, StackTraceElement.class);

    RefusedTypesModule() {
        super("pawl-refused-types");
        setSerializerModifier(new Modifier());
        addSerializer(new Refusal(ClassLoader.class)); // in place of the one of Jackson, which writes nothing
        addSerializer(new Refusal(Class.class)); // and of the one that writes its name, which nothing reads back
    }

    private static boolean isRefused(Class<?> type) {
        if (Throwable.class.isAssignableFrom(type)) {
            return false;
        }
        if (type.isHidden()) { // a lambda
            return true;
        }
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (PACKAGES.contains(each.getPackageName()) && !VALUES.contains(each)) {
                return true;
            }
        }
        return false;
    }

    private static final class Modifier extends BeanSerializerModifier {

        private static final long serialVersionUID = 1L;

        @Override
        public JsonSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription bean, JsonSerializer<?> serializer) {
            Class<?> type = bean.getBeanClass();
            return serializer instanceof BeanSerializerBase && isRefused(type) ? new Refusal(type) : serializer;
        }
    }

    private static final class Refusal extends StdSerializer<Object> {

        private static final long serialVersionUID = 1L;

        Refusal(Class<?> type) {
            super(type, false);
        }

        @Override
        public void serialize(Object value, JsonGenerator json, SerializerProvider provider) throws NoValueException {
            throw new NoValueException(json, "a " + value.getClass().getName() + " is no value");
        }
    }
}
