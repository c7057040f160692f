package dev.pawl.it.modules.saboteur;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/**
 * Kills its own process with SIGKILL in the middle of the framework's step whose number is in the file {@code kill-at} of the data
 * folder; steps are counted from the moment at which the file exists.
 */
public final class Saboteur implements BundleActivator, SynchronousBundleListener {

    private final AtomicInteger steps = new AtomicInteger();
    private Path order = Path.of("kill-at");

    @Override
    public void start(BundleContext context) {
        order = Path.of(context.getProperty("pawl.data.dir"), "kill-at");
        context.addBundleListener(this);
    }

    @Override
    public void stop(BundleContext context) {
        context.removeBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        try {
            if (Files.exists(order)
                    && steps.incrementAndGet()
                            == Integer.parseInt(Files.readString(order).strip())) {
                new ProcessBuilder(
                                "kill",
                                "-9",
                                Long.toString(ProcessHandle.current().pid()))
                        .start()
                        .waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
