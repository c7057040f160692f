package dev.pawl.verifier;

import aQute.bnd.osgi.Analyzer;
import dev.pawl.api.module.AutomationModule;
import dev.pawl.scheduler.schema.RecordSchema;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks the records of a module's inputs and settings, by the code with which a server reads them. */
final class RecordTypes {

    private static final String TAKEN =
            "There are String, numbers, boolean, enums, Duration, Instant, the local and offset dates and times,"
                    + " UUID, URI, Path, Optional, and lists, sets, arrays, maps and records of these.";

    private final Analyzer analyzer;
    private final String kind;
    private final Set<Class<?>> seen = new HashSet<>();

    private RecordTypes(Analyzer analyzer, String kind) {
        this.analyzer = analyzer;
        this.kind = kind;
    }

    static void verify(Analyzer analyzer, Class<?> module) {
        AutomationModule declaration = module.getAnnotation(AutomationModule.class);
        try {
            new RecordTypes(analyzer, "inputs").verifyDeclared(declaration.inputs(), module);
            new RecordTypes(analyzer, "settings").verifyDeclared(declaration.settings(), module);
        } catch (TypeNotPresentException e) {
            analyzer.error("%s names the class %s, which is not there.", module.getName(), e.typeName());
        }
    }

    private void verifyDeclared(Class<?> type, Class<?> module) {
        if (!type.isRecord()) {
            analyzer.error(
                    "The %s of %s are the class %s, which is no record. Write `public record %s(…) {}`.",
                    kind, module.getName(), type.getName(), type.getSimpleName());
            return;
        }
        try {
            RecordSchema.of(type);
        } catch (IllegalArgumentException e) {
            analyzer.error("The %s of %s will not do: %s", kind, module.getName(), e.getMessage());
        } catch (TypeNotPresentException | LinkageError e) {
            analyzer.error("The %s of %s use a class that is not there: %s", kind, module.getName(), e.getMessage());
            return;
        }
        components(type);
    }

    private void components(Class<?> type) {
        if (seen.add(type)) {
            for (RecordComponent component : type.getRecordComponents()) {
                type(type.getName() + "." + component.getName(), component.getGenericType());
            }
        }
    }

    private void type(String place, Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            if (raw == Optional.class || Collection.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw)) {
                for (Type argument : generic.getActualTypeArguments()) {
                    type(place, argument);
                }
            } else {
                plain(place, raw);
            }
        } else if (type instanceof Class<?> plain) {
            plain(place, plain);
        }
    }

    private void plain(String place, Class<?> type) {
        if (type.isArray()) {
            plain(place, type.getComponentType());
        } else if (type.isRecord()) {
            components(type);
        } else if (!isTaken(type)) {
            analyzer.error(
                    "%s, one of the %s, has the type %s, which nothing that a user gives can become. %s",
                    place, kind, type.getName(), TAKEN);
        }
    }

    private static boolean isTaken(Class<?> type) {
        return type.isPrimitive()
                || type.isEnum()
                || type == Object.class
                || Collection.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type)
                || type.getName().startsWith("com.fasterxml.jackson.databind.")
                || RecordSchema.isRead(type)
                || isBean(type);
    }

    /** Whether an instance can be filled by its setters; those of the JDK, such as streams and threads, are no values. */
    private static boolean isBean(Class<?> type) {
        if (type.getName().startsWith("java.") || type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            return false;
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 0 || constructor.getAnnotations().length > 0) {
                return true;
            }
        }
        return false;
    }
}
