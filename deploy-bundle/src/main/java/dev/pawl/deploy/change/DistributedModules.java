package dev.pawl.deploy.change;

import dev.pawl.deploy.artifact.Artifacts;
import dev.pawl.deploy.artifact.ModuleJar;
import dev.pawl.deploy.artifact.SourceFolder;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.Origin;
import dev.pawl.service.deploy.InstallOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs the modules of the distribution, and updates those available ones that an admin installed. A jar that changed with a new distribution updates the version that the distribution had
 * installed; a version that a user installed or rolled back to stays. A module that a user uninstalled stays away until the distribution
 * contains another jar.
 */
public final class DistributedModules {

    private static final Logger LOG = LoggerFactory.getLogger(DistributedModules.class);

    private final Path folder;
    private final AvailableModules available;
    private final DeploymentRecords records;
    private final Installation installation;
    private final MutualJars mutual;

    public DistributedModules(
            Path folder,
            AvailableModules available,
            DeploymentRecords records,
            Installation installation,
            MutualJars mutual) {
        this.folder = folder;
        this.available = available;
        this.records = records;
        this.installation = installation;
        this.mutual = mutual;
    }

    /** Installs the jars; a refused one is tried again as long as others are installed, since it may need one of them. */
    public void install() {
        Map<Path, Exception> refused = new TreeMap<>();
        List<Path> left = new ArrayList<>(SourceFolder.jars(folder));
        left.addAll(available.installed());
        int tried;
        do {
            tried = left.size();
            refused.clear();
            left.forEach(jar -> install(jar, refused));
            left = List.copyOf(refused.keySet());
        } while (!left.isEmpty() && left.size() < tried);
        mutual.install(left, Origin.DISTRIBUTION, "distribution").keySet().forEach(refused::remove);
        refused.forEach((jar, failure) -> LOG.error(
                "Module jar {} of the distribution is not installed: {}", jar, failure.getMessage(), failure));
    }

    private void install(Path jar, Map<Path, Exception> refused) {
        try {
            if (isWanted(jar)) {
                installation.install(
                        jar,
                        InstallOptions.by("distribution"),
                        Origin.DISTRIBUTION,
                        jar.getFileName().toString());
            }
        } catch (RuntimeException | IOException e) { // an error in one jar must not affect the others
            refused.put(jar, e);
        }
    }

    private boolean isWanted(Path jar) throws IOException {
        String sha256 = Artifacts.digest(jar);
        if (records.current().stream().anyMatch(current -> current.sha256().equals(sha256))) {
            return false;
        }
        String bundle = ModuleJar.read(jar).bundle();
        Optional<Deployment> current = records.ofBundle(bundle);
        return current.isPresent()
                ? current.get().origin() == Origin.DISTRIBUTION && isNewer(jar, current.get())
                : records.former(bundle).stream()
                        .noneMatch(former -> former.sha256().equals(sha256));
    }

    /** Of servers of two releases on one store, the older one does not take back the modules of the newer one. */
    private boolean isNewer(Path jar, Deployment current) {
        return !records.areShared()
                || new Version(ModuleJar.read(jar).version()).compareTo(new Version(current.version())) > 0;
    }
}
