package dev.pawl.scheduler.catalog;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.InitializationException;
import dev.pawl.service.catalog.ModuleDiagnosis.Component;
import dev.pawl.service.catalog.ModuleDiagnosis.Configuration;
import dev.pawl.service.catalog.ModuleDiagnosis.Reference;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import org.osgi.util.tracker.ServiceTracker;

/** Explains why the component of a module is not active, as Declarative Services sees it. */
public final class ComponentDiagnosis implements AutoCloseable {

    private static final String CAUSED_BY = "Caused by: ";

    private final ServiceTracker<ServiceComponentRuntime, ServiceComponentRuntime> runtime;

    /** Follows the service of Declarative Services, which may come and go. */
    public ComponentDiagnosis(BundleContext context) {
        runtime = new ServiceTracker<>(context, ServiceComponentRuntime.class, null);
        runtime.open();
    }

    @Override
    public void close() {
        runtime.close();
    }

    /** The reason, as a sentence. */
    String of(Bundle bundle, String module) {
        ServiceComponentRuntime components = runtime.getService();
        if (components == null) {
            return "Its service is not there, and Declarative Services is not there to say why.";
        }
        return component(components, bundle, module)
                .map(component -> lack(components, component)
                        + (lacksService(components, component) ? failures(components, bundle, component) : ""))
                .orElse("Its bundle is started but holds no component for it.");
    }

    /** The component of the module; empty when it has none, or when Declarative Services is not there. */
    Optional<Component> describe(Bundle bundle, String module) {
        ServiceComponentRuntime components = runtime.getService();
        return components == null
                ? Optional.empty()
                : component(components, bundle, module).map(component -> describe(components, component));
    }

    private static Component describe(ServiceComponentRuntime components, ComponentDescriptionDTO component) {
        Optional<ComponentConfigurationDTO> found =
                components.getComponentConfigurationDTOs(component).stream().findFirst();
        List<String> lacking = found.stream()
                .flatMap(configuration -> Arrays.stream(configuration.unsatisfiedReferences))
                .map(missing -> missing.name)
                .toList();
        return new Component(
                component.name,
                !components.isComponentEnabled(component)
                        ? "not enabled"
                        : found.map(configuration -> word(configuration.state)).orElse("unsatisfied configuration"),
                Arrays.stream(component.references)
                        .map(reference -> new Reference(
                                reference.name,
                                reference.interfaceName,
                                reference.target,
                                !lacking.contains(reference.name)))
                        .toList(),
                Arrays.stream(component.configurationPid)
                        .filter(pid -> !"ignore".equals(component.configurationPolicy))
                        .map(pid -> new Configuration(
                                pid,
                                "require".equals(component.configurationPolicy),
                                found.filter(configuration -> isConfiguredBy(pid, configuration))
                                        .isPresent()))
                        .toList(),
                found.map(configuration -> configuration.failure)
                        .filter(failure -> !failure.isBlank())
                        .map(ComponentDiagnosis::rootCause)
                        .orElse(null));
    }

    private static boolean isConfiguredBy(String pid, ComponentConfigurationDTO configuration) {
        Object pids = configuration.properties.get(Constants.SERVICE_PID);
        return pids instanceof Collection<?> several ? several.contains(pid) : pid.equals(pids);
    }

    private static String word(int state) {
        return switch (state) {
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> "unsatisfied configuration";
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> "unsatisfied reference";
            case ComponentConfigurationDTO.FAILED_ACTIVATION -> "failed activation";
            case ComponentConfigurationDTO.ACTIVE -> "active";
            default -> "satisfied";
        };
    }

    /** The exception that the module's constructor or activation threw last, as far as it is known. */
    Optional<InitializationException> activationFailure(Bundle bundle, String module) {
        ServiceComponentRuntime components = runtime.getService();
        if (components == null) {
            return Optional.empty();
        }
        return component(components, bundle, module)
                .flatMap(component -> components.getComponentConfigurationDTOs(component).stream()
                        .map(configuration -> configuration.failure)
                        .filter(failure -> failure != null && !failure.isBlank())
                        .findFirst())
                .map(failure -> new InitializationException(rootCause(failure), new ActivationTrace(failure)));
    }

    private static Optional<ComponentDescriptionDTO> component(
            ServiceComponentRuntime components, Bundle bundle, String module) {
        return components.getComponentDescriptionDTOs(bundle).stream()
                .filter(component -> module.equals(component.properties.get(AutomationModule.PREFIX_ + "id")))
                .findFirst();
    }

    /** The last "Caused by" of a stack trace: the exception that the module threw, which those before it wrap. */
    private static String rootCause(String trace) {
        String cause = trace.lines()
                .filter(line -> line.startsWith(CAUSED_BY))
                .reduce((former, latter) -> latter)
                .map(line -> line.substring(CAUSED_BY.length()))
                .orElseGet(() -> firstLine(trace));
        String spoken = InitializationException.class.getName() + ": ";
        return cause.startsWith(spoken) ? cause.substring(spoken.length()) : cause;
    }

    private static String lack(ServiceComponentRuntime components, ComponentDescriptionDTO component) {
        if (!components.isComponentEnabled(component)) {
            return "Its component " + component.name + " is not enabled.";
        }
        Collection<ComponentConfigurationDTO> configurations = components.getComponentConfigurationDTOs(component);
        if (configurations.isEmpty()) {
            return configuration(component);
        }
        return configurations.stream()
                .map(configuration -> lack(component, configuration))
                .collect(Collectors.joining(" "));
    }

    private static String lack(ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
        return switch (configuration.state) {
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> configuration(component);
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                Arrays.stream(configuration.unsatisfiedReferences)
                        .map(missing -> reference(component, missing))
                        .collect(Collectors.joining(" "));
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                "Its activation failed: " + sentence(rootCause(configuration.failure));
            default -> "Its component is satisfied; the service is on its way.";
        };
    }

    private static String configuration(ComponentDescriptionDTO component) {
        return "It lacks a configuration with the PID " + String.join(" or ", List.of(component.configurationPid))
                + ".";
    }

    private static String reference(ComponentDescriptionDTO component, UnsatisfiedReferenceDTO missing) {
        String type = Arrays.stream(component.references)
                .filter(reference -> reference.name.equals(missing.name))
                .map((ReferenceDTO reference) -> reference.interfaceName)
                .findFirst()
                .orElse("a service");
        String filter = missing.target == null ? "" : " that matches " + missing.target;
        return "It lacks a service " + type + filter + " for its reference " + missing.name + ".";
    }

    private static boolean lacksService(ServiceComponentRuntime components, ComponentDescriptionDTO component) {
        return components.getComponentConfigurationDTOs(component).stream()
                .anyMatch(configuration -> configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE);
    }

    /** Why other components of the bundle, which may provide what this one lacks, could not be activated. */
    private static String failures(ServiceComponentRuntime components, Bundle bundle, ComponentDescriptionDTO lacking) {
        return components.getComponentDescriptionDTOs(bundle).stream()
                .filter(component -> !component.name.equals(lacking.name))
                .flatMap(component -> components.getComponentConfigurationDTOs(component).stream())
                .filter(configuration -> configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                .map(configuration -> " The activation of " + configuration.description.name + " failed: "
                        + sentence(rootCause(configuration.failure)))
                .collect(Collectors.joining());
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static String firstLine(String failure) {
        return failure.lines().findFirst().orElse("");
    }

    /** Carries the trace that Declarative Services wrote down; it has no frames of its own. */
    private static final class ActivationTrace extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ActivationTrace(String trace) {
            super(trace, null, false, false);
        }
    }
}
