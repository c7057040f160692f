package dev.pawl.deploy.wiring;

import dev.pawl.deploy.artifact.ModuleJar;
import dev.pawl.deploy.bundle.ModuleBundles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.resource.Capability;
import org.osgi.resource.Requirement;

/** A jar that is not installed, presented as the framework's resolver hooks would see it. */
final class PlannedBundle implements BundleRevision {

    private static final long NO_ID = -1;

    private final ModuleJar jar;
    private final Bundle bundle;

    PlannedBundle(ModuleJar jar) {
        this.jar = jar;
        this.bundle = bundle(Map.of(
                "getLocation",
                ModuleBundles.PLANNED_LOCATION,
                "getSymbolicName",
                jar.bundle(),
                "getVersion",
                Version.parseVersion(jar.version()),
                "getBundleId",
                NO_ID,
                "getState",
                Bundle.INSTALLED,
                "toString",
                jar.bundle() + " " + jar.version(),
                "hashCode",
                jar.bundle().hashCode()));
    }

    /** A requirement of the jar, as a requirement of this bundle. */
    BundleRequirement requirement(Requirement declared) {
        return new PlannedRequirement(this, declared);
    }

    @Override
    public String getSymbolicName() {
        return jar.bundle();
    }

    @Override
    public Version getVersion() {
        return Version.parseVersion(jar.version());
    }

    @Override
    public Bundle getBundle() {
        return bundle;
    }

    @Override
    public int getTypes() {
        return 0;
    }

    @Override
    public @Nullable BundleWiring getWiring() {
        return null;
    }

    @Override
    public List<Capability> getCapabilities(@Nullable String namespace) {
        return jar.resource().getCapabilities(namespace);
    }

    @Override
    public List<Requirement> getRequirements(@Nullable String namespace) {
        return jar.resource().getRequirements(namespace);
    }

    @Override
    public List<BundleCapability> getDeclaredCapabilities(@Nullable String namespace) {
        return List.of();
    }

    @Override
    public List<BundleRequirement> getDeclaredRequirements(@Nullable String namespace) {
        return List.of();
    }

    /** A bundle that has an identity and supports nothing else. */
    private static Bundle bundle(Map<String, Object> answers) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("equals")) {
                return proxy == arguments[0];
            }
            Object answer = answers.get(method.getName());
            if (answer == null) {
                throw new UnsupportedOperationException("The bundle is not installed.");
            }
            return answer;
        };
        return (Bundle) Proxy.newProxyInstance(Bundle.class.getClassLoader(), new Class<?>[] {Bundle.class}, handler);
    }

    /** A requirement with its bundle. */
    private record PlannedRequirement(PlannedBundle planned, Requirement declared) implements BundleRequirement {

        @Override
        public BundleRevision getRevision() {
            return planned;
        }

        @Override
        public BundleRevision getResource() {
            return planned;
        }

        @Override
        public boolean matches(BundleCapability capability) {
            return org.apache.felix.utils.resource.CapabilitySet.matches(capability, declared);
        }

        @Override
        public String getNamespace() {
            return declared.getNamespace();
        }

        @Override
        public Map<String, String> getDirectives() {
            return declared.getDirectives();
        }

        @Override
        public Map<String, Object> getAttributes() {
            return declared.getAttributes();
        }
    }
}
