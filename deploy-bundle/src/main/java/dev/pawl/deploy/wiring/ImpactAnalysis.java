package dev.pawl.deploy.wiring;

import dev.pawl.api.module.Module;
import dev.pawl.deploy.artifact.Artifacts;
import dev.pawl.deploy.artifact.ModuleJar;
import dev.pawl.deploy.bundle.JobDrain;
import dev.pawl.deploy.bundle.ModuleBundles;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.ModuleIdentity;
import dev.pawl.service.deploy.Impact;
import dev.pawl.service.deploy.Impact.Affected;
import dev.pawl.service.deploy.Impact.ProvidedCapability;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.felix.utils.resource.CapabilitySet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.resource.Capability;

/**
 * Determines the effects of a change to a bundle on other bundles and on jobs, from the framework's present state, without changing
 * anything.
 */
public final class ImpactAnalysis {

    private final ModuleBundles bundles;
    private final Artifacts artifacts;
    private final JobDrain drain;

    public ImpactAnalysis(ModuleBundles bundles, Artifacts artifacts, JobDrain drain) {
        this.bundles = bundles;
        this.artifacts = artifacts;
        this.drain = drain;
    }

    /**
     * The impact of an installation, an update or a removal.
     *
     * @param from the installed version; null when there is none
     * @param next the new jar; null for a removal
     * @param touched the symbolic names of the other bundles that are restarted
     */
    public Impact of(@Nullable Deployment from, @Nullable Path next, List<String> touched) {
        List<Capability> come = next == null ? List.of() : capabilities(next);
        Set<ProvidedCapability> before =
                new LinkedHashSet<>(from == null ? List.of() : ProvidedCapabilities.of(artifact(from)));
        Set<ProvidedCapability> after = new LinkedHashSet<>(ProvidedCapabilities.of(come));
        Bundle old = from == null ? null : bundles.find(from.sha256()).orElse(null);
        if (old != null && next == null) {
            before.addAll(ProvidedCapabilities.registered(old));
        }
        List<Affected> affected = new ArrayList<>();
        if (old != null) {
            affected.addAll(unsatisfiedImporters(old, come));
            affected.addAll(usersOfServices(old, touched));
        }
        return new Impact(touched, affected, waiting(from, after), without(after, before), without(before, after));
    }

    /** The impact of stopping a bundle that stays installed: its packages stay too. */
    public Impact ofStop(Deployment stopped) {
        Bundle bundle = bundles.find(stopped.sha256()).orElse(null);
        Set<ProvidedCapability> gone = new LinkedHashSet<>(ProvidedCapabilities.of(artifact(stopped)));
        if (bundle != null) {
            gone.addAll(ProvidedCapabilities.registered(bundle));
        }
        gone.removeIf(
                capability -> capability.kind() == Impact.Kind.PACKAGE || capability.kind() == Impact.Kind.CAPABILITY);
        return new Impact(
                List.of(),
                bundle == null ? List.of() : usersOfServices(bundle, List.of()),
                waiting(stopped, Set.of()),
                List.of(),
                sorted(gone.stream()));
    }

    /** The impact of starting a bundle. */
    public Impact ofStart(Deployment started) {
        List<ProvidedCapability> come = sorted(ProvidedCapabilities.of(artifact(started)).stream()
                .filter(capability ->
                        capability.kind() == Impact.Kind.MODULE || capability.kind() == Impact.Kind.SERVICE));
        return new Impact(List.of(), List.of(), List.of(), come, List.of());
    }

    private List<Capability> artifact(Deployment deployment) {
        return capabilities(artifacts.path(deployment.sha256()));
    }

    private static List<Capability> capabilities(Path jar) {
        try {
            return ModuleJar.read(jar).resource().getCapabilities(null);
        } catch (ProblemException gone) {
            return List.of(); // the artifact was lost; the code that needs it reports that
        }
    }

    private static List<ProvidedCapability> without(
            Collection<ProvidedCapability> all, Collection<ProvidedCapability> others) {
        return sorted(all.stream().filter(capability -> !others.contains(capability)));
    }

    private static List<ProvidedCapability> sorted(Stream<ProvidedCapability> provided) {
        return provided.sorted(Comparator.comparing(ProvidedCapability::kind).thenComparing(ProvidedCapability::name))
                .toList();
    }

    private static List<Affected> unsatisfiedImporters(Bundle old, List<Capability> come) {
        BundleWiring wiring = old.adapt(BundleWiring.class);
        if (wiring == null) {
            return List.of();
        }
        Set<Affected> affected = new LinkedHashSet<>();
        for (BundleWire wire : wiring.getProvidedWires(PackageNamespace.PACKAGE_NAMESPACE)) {
            Bundle importer = wire.getRequirer().getBundle();
            boolean staysSatisfied =
                    come.stream().anyMatch(capability -> CapabilitySet.matches(capability, wire.getRequirement()));
            if (!importer.equals(old) && !staysSatisfied) {
                affected.add(new Affected(
                        importer.getSymbolicName(),
                        "It imports the package "
                                + wire.getCapability().getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)
                                + ", which would no longer be available in a version that it accepts."));
            }
        }
        return List.copyOf(affected);
    }

    private static List<Affected> usersOfServices(Bundle old, List<String> touched) {
        ServiceReference<?>[] services = old.getRegisteredServices();
        Set<Affected> affected = new LinkedHashSet<>();
        for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services) {
            List<String> names = List.of((String[]) service.getProperty(Constants.OBJECTCLASS));
            Bundle[] users = service.getUsingBundles();
            if (users == null || names.contains(Module.class.getName())) {
                continue; // the users of a module are jobs, which are listed elsewhere
            }
            for (Bundle user : users) {
                boolean other = !user.equals(old) && user.getBundleId() != Constants.SYSTEM_BUNDLE_ID;
                if (other && !touched.contains(user.getSymbolicName())) {
                    affected.add(new Affected(
                            user.getSymbolicName(), "It uses the service " + String.join(", ", names) + "."));
                }
            }
        }
        return List.copyOf(affected);
    }

    private List<UUID> waiting(@Nullable Deployment from, Set<ProvidedCapability> after) {
        if (from == null) {
            return List.of();
        }
        Set<String> gone = new TreeSet<>();
        for (ModuleIdentity module : from.modules()) {
            if (!after.contains(new ProvidedCapability(Impact.Kind.MODULE, module.id()))) {
                gone.add(module.id());
            }
        }
        return gone.isEmpty() ? List.of() : drain.waiting(gone, Impact.MOST_WAITING);
    }
}
