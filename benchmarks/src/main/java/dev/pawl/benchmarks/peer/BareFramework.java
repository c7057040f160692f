package dev.pawl.benchmarks.peer;

import dev.pawl.api.module.Module;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** The distribution's framework and Declarative Services and nothing else, to measure the minimum cost of an install. */
public final class BareFramework implements AutoCloseable {

    private static final List<String> NEEDED = List.of(
            "org.apache.felix.scr", "org.osgi.service.component", "org.osgi.util.promise", "org.osgi.util.function");

    private final Framework framework;

    private BareFramework(Framework framework) {
        this.framework = framework;
    }

    /** Starts it with a cache folder of its own. */
    public static BareFramework start(Path cache) throws BundleException, IOException {
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        cache.toString(),
                        Constants.FRAMEWORK_BSNVERSION,
                        Constants.FRAMEWORK_BSNVERSION_MULTIPLE,
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        "dev.pawl.api.module;version=1.1.0"));
        framework.start();
        List<Bundle> installed = new ArrayList<>();
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("pawl.distribution"), "bundles"))) {
            for (Path jar : jars.sorted().toList()) {
                if (NEEDED.stream().anyMatch(jar.getFileName().toString()::startsWith)) {
                    installed.add(framework
                            .getBundleContext()
                            .installBundle(jar.toUri().toString()));
                }
            }
        }
        for (Bundle bundle : installed) {
            bundle.start();
        }
        return new BareFramework(framework);
    }

    /** Installs and starts a module's bundle, beside its previous version if there is one, and waits for its service. */
    public void install(Path jar, String location) throws BundleException, IOException, InterruptedException {
        BundleContext context = framework.getBundleContext();
        CountDownLatch visible = new CountDownLatch(1);
        ServiceListener listener = event -> {
            boolean isModule = List.of((String[]) event.getServiceReference().getProperty(Constants.OBJECTCLASS))
                    .contains(Module.class.getName());
            if (isModule && event.getType() == ServiceEvent.REGISTERED) {
                visible.countDown();
            }
        };
        context.addServiceListener(listener);
        try (InputStream bytes = Files.newInputStream(jar)) {
            Bundle bundle = context.installBundle(location, bytes);
            bundle.start();
            visible.await();
        } finally {
            context.removeServiceListener(listener);
        }
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(30_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
