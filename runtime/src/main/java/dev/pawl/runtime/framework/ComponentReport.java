package dev.pawl.runtime.framework;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Asks Declarative Services which components are unsatisfied. Its types belong to a bundle and are not on the launcher's class path, hence
 * the reflection; they are data objects with public fields.
 */
final class ComponentReport {

    /** The values of {@code ComponentConfigurationDTO.state}, as its specification numbers them. */
    private static final int UNSATISFIED_CONFIGURATION = 1;

    private static final int UNSATISFIED_REFERENCE = 2;
    private static final int FAILED_ACTIVATION = 16;
    private static final String NO_SERVICE = "Unable to get service for reference";

    private final BundleContext context;

    ComponentReport(BundleContext context) {
        this.context = context;
    }

    /**
     * A sentence for each failed component of the distribution; when there is none, one for each missing service or configuration. Empty
     * when there is nothing to report.
     */
    List<String> problems() {
        List<String> failures = new ArrayList<>();
        List<String> waits = new ArrayList<>();
        String silent = ask(failures, waits);
        if (!silent.isEmpty()) {
            return List.of(silent);
        }
        return failures.isEmpty() ? waits : failures;
    }

    /** A sentence for each component of the distribution that has failed so far. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        String unused = ask(failures, new ArrayList<>());
        return failures;
    }

    /** The reason why it cannot be asked, if so. */
    private String ask(List<String> failures, List<String> waits) {
        ServiceReference<?> reference =
                context.getServiceReference("org.osgi.service.component.runtime.ServiceComponentRuntime");
        Object runtime = reference == null ? null : context.getService(reference);
        if (runtime == null) {
            return "Declarative Services (org.apache.felix.scr) is not running.";
        }
        try {
            Class<?> type = Class.forName(
                    "org.osgi.service.component.runtime.ServiceComponentRuntime",
                    false,
                    runtime.getClass().getClassLoader());
            Method descriptions = type.getMethod("getComponentDescriptionDTOs", Bundle[].class);
            for (Object description : (Collection<?>) descriptions.invoke(runtime, (Object) ours())) {
                Method configurations = type.getMethod("getComponentConfigurationDTOs", description.getClass());
                for (Object configuration : (Collection<?>) configurations.invoke(runtime, description)) {
                    explain(description, configuration, failures, waits);
                }
            }
            return "";
        } catch (ReflectiveOperationException foreign) {
            return "Declarative Services cannot be asked why: " + foreign + ".";
        }
    }

    /** The bundles of the distribution; what a module lacks is not reported here. */
    private Bundle[] ours() {
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getLocation().startsWith("reference:"))
                .toArray(Bundle[]::new);
    }

    private static void explain(Object description, Object configuration, List<String> failures, List<String> waits)
            throws ReflectiveOperationException {
        Object name = field(description, "name");
        int state = (int) Objects.requireNonNull(field(configuration, "state"));
        if (state == UNSATISFIED_CONFIGURATION) {
            waits.add("The component " + name + " has no configuration.");
        } else if (state == FAILED_ACTIVATION) {
            String cause = FailureText.cause(String.valueOf(field(configuration, "failure")));
            // A component that did not get a service fails because of another one, which is reported by itself.
            (cause.contains(NO_SERVICE) ? waits : failures).add("The component " + name + " failed: " + cause);
        } else if (state == UNSATISFIED_REFERENCE) {
            Object unsatisfied = Objects.requireNonNull(field(configuration, "unsatisfiedReferences"));
            for (int i = 0; i < Array.getLength(unsatisfied); i++) {
                Object missing = field(Array.get(unsatisfied, i), "name");
                waits.add("The component " + name + " waits for " + wanted(description, missing) + ".");
            }
        }
    }

    private static String wanted(Object description, @Nullable Object reference) throws ReflectiveOperationException {
        Object references = Objects.requireNonNull(field(description, "references"));
        for (int i = 0; i < Array.getLength(references); i++) {
            Object candidate = Array.get(references, i);
            if (Objects.equals(field(candidate, "name"), reference)) {
                Object target = field(candidate, "target");
                return "a service " + field(candidate, "interfaceName") + (target == null ? "" : " " + target);
            }
        }
        return "its reference " + reference;
    }

    private static @Nullable Object field(Object object, String name) throws ReflectiveOperationException {
        return object.getClass().getField(name).get(object);
    }
}
