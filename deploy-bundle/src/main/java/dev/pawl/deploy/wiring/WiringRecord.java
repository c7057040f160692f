package dev.pawl.deploy.wiring;

import dev.pawl.deploy.bundle.ModuleBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory of which module bundles each module bundle uses, over restarts, since the framework forgets its wires. One line an artifact:
 * its digest and the symbolic names of the others. A bundle that has no line is wired as the framework likes and gets one then; a memory
 * that is lost does no harm. Read by any thread, changed by one at a time.
 */
public final class WiringRecord {

    private static final Logger LOG = LoggerFactory.getLogger(WiringRecord.class);

    private final Path file;
    private final Map<String, Set<String>> providers = new ConcurrentHashMap<>();

    public WiringRecord(Path file) {
        this.file = file;
        try {
            for (String line : Files.readAllLines(file)) {
                List<String> words = List.of(line.strip().split(" "));
                providers.put(words.get(0), Set.copyOf(words.subList(1, words.size())));
            }
        } catch (NoSuchFileException firstStart) {
            // nothing was wired yet
        } catch (IOException e) {
            LOG.warn("The memory of which module uses which, {}, cannot be read; they are wired anew.", file, e);
        }
    }

    /** The symbolic names of the module bundles that an artifact's bundle uses; empty when it has not been wired yet. */
    Optional<Set<String>> providers(String sha256) {
        return Optional.ofNullable(providers.get(sha256));
    }

    /**
     * Takes in how the bundles are wired now.
     *
     * @param bundles those that are installed and not disabled; the others are forgotten, and wired anew one day
     */
    public void remember(Collection<Bundle> bundles) {
        Map<String, Set<String>> now = new TreeMap<>();
        for (Bundle bundle : bundles) {
            String artifact = ModuleBundles.artifact(bundle);
            BundleWiring wiring = bundle.adapt(BundleWiring.class);
            Set<String> known = wiring == null ? providers.get(artifact) : used(wiring);
            if (known != null) {
                now.put(artifact, known);
            }
        }
        if (!now.equals(providers)) {
            providers.keySet().retainAll(now.keySet());
            providers.putAll(now);
            save(now);
        }
    }

    private static Set<String> used(BundleWiring wiring) {
        return wiring.getRequiredWires(null).stream()
                .map(BundleWire::getProvider)
                .map(BundleRevision::getBundle)
                .filter(provider -> ModuleBundles.isOurs(provider) && !provider.equals(wiring.getBundle()))
                .map(Bundle::getSymbolicName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void save(Map<String, Set<String>> now) {
        List<String> lines = now.entrySet().stream()
                .map(entry -> (entry.getKey() + " " + String.join(" ", entry.getValue())).strip())
                .toList();
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(written, lines);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("The memory of which module uses which cannot be written to {}.", file, e);
        }
    }
}
