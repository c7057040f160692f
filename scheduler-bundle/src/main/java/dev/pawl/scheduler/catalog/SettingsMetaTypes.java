package dev.pawl.scheduler.catalog;

import dev.pawl.service.catalog.Field;
import dev.pawl.service.catalog.FieldType;
import java.io.InputStream;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeProvider;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Describes each module's settings to Metatype, so that any configuration tool can show them. */
public final class SettingsMetaTypes implements AutoCloseable {

    private final BundleContext context;
    private final Map<ModuleVersion, ServiceRegistration<MetaTypeProvider>> registered = new ConcurrentHashMap<>();

    /** Describes none yet. */
    public SettingsMetaTypes(BundleContext context) {
        this.context = context;
    }

    /** Describes a module's settings while it is there. */
    public void add(ModuleVersion version) {
        List<Field> fields = version.settings().schema().fields();
        if (!fields.isEmpty()) {
            String pid = ConfigAdminSettings.PREFIX + version.id();
            Dictionary<String, Object> properties =
                    FrameworkUtil.asDictionary(Map.of(MetaTypeProvider.METATYPE_PID, pid));
            registered.put(
                    version,
                    context.registerService(
                            MetaTypeProvider.class, new Provider(version.id(), pid, fields), properties));
        }
    }

    /** Describes them no more. */
    public void remove(ModuleVersion version) {
        ServiceRegistration<MetaTypeProvider> registration = registered.remove(version);
        if (registration != null) {
            registration.unregister();
        }
    }

    @Override
    public void close() {
        registered.keySet().forEach(this::remove);
    }

    private record Provider(String module, String pid, List<Field> fields) implements MetaTypeProvider {
        @Override
        public ObjectClassDefinition getObjectClassDefinition(String id, @Nullable String locale) {
            return new Settings(module, pid, fields);
        }

        @Override
        public String @Nullable [] getLocales() {
            return null;
        }
    }

    private record Settings(String module, String pid, List<Field> fields) implements ObjectClassDefinition {
        @Override
        public String getName() {
            return "Module " + module;
        }

        @Override
        public String getID() {
            return pid;
        }

        @Override
        public String getDescription() {
            return "The settings of module " + module + ".";
        }

        @Override
        public AttributeDefinition[] getAttributeDefinitions(int filter) {
            return fields.stream()
                    .filter(field -> filter == ALL || (filter == REQUIRED) == field.required())
                    .map(Attribute::new)
                    .toArray(AttributeDefinition[]::new);
        }

        @Override
        public @Nullable InputStream getIcon(int size) {
            return null;
        }
    }

    private record Attribute(Field field) implements AttributeDefinition {
        @Override
        public String getName() {
            return field.id();
        }

        @Override
        public String getID() {
            return field.id();
        }

        @Override
        public String getDescription() {
            return field.description();
        }

        @Override
        public int getCardinality() {
            return 0;
        }

        @Override
        public int getType() {
            return switch (field.type()) {
                case TEXT, JSON -> STRING;
                case SECRET -> PASSWORD;
                case INTEGER -> LONG;
                case NUMBER -> DOUBLE;
                case BOOLEAN -> BOOLEAN;
            };
        }

        @Override
        public String @Nullable [] getOptionValues() {
            return null;
        }

        @Override
        public String @Nullable [] getOptionLabels() {
            return null;
        }

        @Override
        public @Nullable String validate(String value) {
            return null; // the schema is checked when a task begins, and when the settings are changed over the API
        }

        @Override
        public String @Nullable [] getDefaultValue() {
            Object otherwise = field.otherwise();
            return otherwise == null || field.type() == FieldType.SECRET ? null : new String[] {otherwise.toString()};
        }
    }
}
