package dev.pawl.verifier;

import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.Constants;
import aQute.bnd.service.verifier.VerifierPlugin;
import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fails the build of a module that a server would refuse, or run in another way than its author expects. docs/writing-a-module.md lists
 * the mistakes.
 */
public final class ModuleVerifier implements VerifierPlugin {

    /** The grammar of ids, as the deployment checks it. */
    private static final Pattern MODULE_ID = Pattern.compile("[a-z][a-z0-9._-]{0,63}");

    private static final String COMPONENT = "`@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)`";
    private static final String NO_VERSION = "0.0.0";

    @Override
    public void verify(Analyzer analyzer) throws Exception {
        BuiltClasses classes = new BuiltClasses(analyzer);
        Map<String, ComponentFile> components = ComponentFile.in(analyzer.getJar());
        List<Class<?>> modules = new ArrayList<>();
        List<Class<?>> plain = new ArrayList<>();
        for (Class<?> type : classes.own()) {
            if (type.isAnnotationPresent(AutomationModule.class)) {
                modules.add(type);
            } else if (Module.class.isAssignableFrom(type) && isConcrete(type)) {
                plain.add(type);
            }
        }
        for (Class<?> type : plain) {
            undeclared(analyzer, type, components.get(type.getName()), modules.isEmpty());
        }
        if (modules.isEmpty() && plain.isEmpty()) {
            analyzer.error(
                    "There is no module in this project: no class implements dev.pawl.api.module.Module. Write one, and put %s and"
                            + " `@AutomationModule(id = \"my-module\", name = \"My module\")` above it.",
                    COMPONENT);
        }
        Map<String, String> ids = new HashMap<>();
        for (Class<?> type : modules) {
            declared(analyzer, type, components.get(type.getName()));
            id(analyzer, type, ids);
            RecordTypes.verify(analyzer, type);
        }
        bundle(analyzer);
        VisiblePackages.verify(analyzer);
    }

    private static boolean isConcrete(Class<?> type) {
        return !type.isInterface() && !Modifier.isAbstract(type.getModifiers()) && !type.isAnonymousClass();
    }

    /** A class without {@code @AutomationModule}: a mistake when it is a component, or when there is no other module. */
    private static void undeclared(Analyzer analyzer, Class<?> type, @Nullable ComponentFile component, boolean only) {
        if (component == null && only) {
            analyzer.error(
                    "%s implements Module and has no annotations, so no server would find it. Put %s and"
                            + " `@AutomationModule(id = \"my-module\", name = \"My module\")` above the class.",
                    type.getName(), COMPONENT);
        } else if (component != null && component.services().contains(Module.class.getName())) {
            analyzer.error(
                    "The component %s provides Module and has no id, so no job could name it. Put"
                            + " `@AutomationModule(id = \"my-module\", name = \"My module\")` above the class.",
                    type.getName());
        }
    }

    private static void declared(Analyzer analyzer, Class<?> type, @Nullable ComponentFile component) {
        String name = type.getName();
        if (!Module.class.isAssignableFrom(type)) {
            analyzer.error(
                    "%s has @AutomationModule and does not implement Module. Add `implements Module`, with"
                            + " `import dev.pawl.api.module.Module;` by name: Java has a Module of its own.",
                    name);
        } else if (!isConcrete(type)) {
            analyzer.error(
                    "%s has @AutomationModule and is abstract. Put the annotations above the class that extends it.",
                    name);
        } else if (component == null) {
            analyzer.error(
                    "%s has @AutomationModule and is no component, so no server would find it. Put %s above the class.",
                    name, COMPONENT);
        } else {
            component(analyzer, type, component);
        }
    }

    private static void component(Analyzer analyzer, Class<?> type, ComponentFile component) {
        String name = type.getName();
        if (!component.services().contains(Module.class.getName())) {
            analyzer.error(
                    "The component %s provides %s and not Module, so no server would find it. Write %s.",
                    name, component.services().isEmpty() ? "no service" : component.services(), COMPONENT);
        } else if (!component.scope().equals("prototype")) {
            analyzer.error(
                    "The component %s has the scope %s: all tasks of all jobs would share one instance and its fields. Write %s.",
                    name, component.scope().isEmpty() ? "singleton" : component.scope(), COMPONENT);
        }
        if (!component.injected() && !hasPublicConstructor(type)) {
            analyzer.error(
                    "%s has no public constructor without parameters, so no server could make an instance. Add one; or annotate"
                            + " the constructor that takes services with `@Activate`, and each parameter with `@Reference`.",
                    name);
        }
    }

    private static boolean hasPublicConstructor(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && Arrays.stream(type.getConstructors()).anyMatch(constructor -> constructor.getParameterCount() == 0);
    }

    private static void id(Analyzer analyzer, Class<?> type, Map<String, String> ids) {
        String id = type.getAnnotation(AutomationModule.class).id();
        if (!MODULE_ID.matcher(id).matches()) {
            analyzer.error(
                    "The id of %s is \"%s\". An id has 1 to 64 characters: first a lower-case letter, then lower-case letters,"
                            + " digits and . _ -",
                    type.getName(), id);
        }
        String other = ids.putIfAbsent(id, type.getName());
        if (other != null) {
            analyzer.error(
                    "%s and %s both have the id \"%s\", and a job could not say which it means. Give one of them another id.",
                    other, type.getName(), id);
        }
    }

    private static void bundle(Analyzer analyzer) {
        String version = analyzer.getBundleVersion();
        if (version == null || version.equals(NO_VERSION)) {
            analyzer.error(
                    "The bundle has no %s, so no update would be newer than another. Give the project a <version> such as 1.0.0.",
                    Constants.BUNDLE_VERSION);
        }
    }
}
