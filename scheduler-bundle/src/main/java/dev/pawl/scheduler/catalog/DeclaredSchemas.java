package dev.pawl.scheduler.catalog;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.scheduler.schema.InvalidValueException;
import dev.pawl.scheduler.schema.RecordSchema;
import dev.pawl.scheduler.schema.SchemaFile;
import dev.pawl.scheduler.schema.ValueSchema;
import dev.pawl.service.data.JsonLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** Reads the schemas of a module from its bundle: from the records that it names, or from a JSON Schema file beside them. */
public final class DeclaredSchemas {

    private static final long LONGEST_REFRESH_NS = TimeUnit.SECONDS.toNanos(2);

    /**
     * The schemas of a module.
     *
     * @param inputsType the record of the inputs
     */
    record Pair(ValueSchema inputs, Class<?> inputsType, ValueSchema settings) {}

    /**
     * Loads the classes, which needs a bundle that is resolved or can be.
     *
     * @param inputs the class of the inputs; empty for none
     * @param settings the class of the settings; empty for none
     * @throws IllegalArgumentException when a class is missing or is no record, or a file is not accepted
     */
    Pair of(Bundle bundle, String module, String inputs, String settings) {
        Class<?> inputsType = type(bundle, inputs);
        return new Pair(
                schema(bundle, module + ".inputs", inputsType),
                inputsType,
                schema(bundle, module + ".settings", type(bundle, settings)));
    }

    private static Class<?> type(Bundle bundle, String name) {
        if (name.isEmpty() || name.equals(AutomationModule.NoFields.class.getName())) {
            return AutomationModule.NoFields.class;
        }
        try {
            return load(bundle, name);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException("Its class " + name + " cannot be loaded: " + e + ".", e);
        }
    }

    private static Class<?> load(Bundle bundle, String name) throws ClassNotFoundException {
        long began = System.nanoTime();
        while (true) {
            try {
                return bundle.loadClass(name);
            } catch (NullPointerException e) { // Felix throws this while it refreshes a bundle, which takes a moment
                if (System.nanoTime() - began > LONGEST_REFRESH_NS) {
                    throw new IllegalArgumentException("Its class " + name + " cannot be loaded: " + e + ".", e);
                }
                Thread.onSpinWait();
            }
        }
    }

    private static ValueSchema schema(Bundle bundle, String name, Class<?> type) {
        return schema(bundle.getEntry("OSGI-INF/pawl/" + name + ".schema.json"), type);
    }

    /**
     * The schema in a file, or that of a record when there is no file.
     *
     * @throws IllegalArgumentException when the file is not accepted, or the class is no record
     */
    public static ValueSchema schema(@Nullable URL file, Class<?> type) {
        if (file == null) {
            return RecordSchema.of(type);
        }
        try (InputStream stream = file.openStream()) {
            byte[] bytes = stream.readNBytes(JsonLimits.MOST_BYTES + 1);
            if (bytes.length > JsonLimits.MOST_BYTES) {
                throw new IllegalArgumentException("it has more than 1 MiB.");
            }
            return SchemaFile.read(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException | IllegalArgumentException | InvalidValueException e) {
            throw new IllegalArgumentException("Its file " + file.getPath() + " will not do: " + e.getMessage(), e);
        }
    }
}
