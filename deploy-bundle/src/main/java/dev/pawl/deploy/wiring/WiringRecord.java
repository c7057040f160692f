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
 * Records across restarts which other module bundles each module bundle uses, since the framework does not keep its wires. Each line has an
 * artifact's digest and the symbolic names of the other bundles. A bundle without a line is wired freely by the framework and then gets
 * one; a lost record does no harm. Read by any thread, changed by one at a time.
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
            LOG.warn("The record of the wiring between modules, {}, cannot be read; they are wired anew.", file, e);
        }
    }

    /** The symbolic names of the module bundles that an artifact's bundle uses; empty when it was not wired yet. */
    Optional<Set<String>> providers(String sha256) {
        return Optional.ofNullable(providers.get(sha256));
    }

    /**
     * Records the present wiring of the bundles.
     *
     * @param bundles the installed and enabled bundles; all others are removed from the record, and may be wired differently later
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
            LOG.warn("The record of the wiring between modules cannot be written to {}.", file, e);
        }
    }
}
