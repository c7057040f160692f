package dev.pawl.deploy.change;

import dev.pawl.deploy.artifact.Artifacts;
import dev.pawl.deploy.artifact.CandidateJar;
import dev.pawl.deploy.artifact.ModuleJar;
import dev.pawl.deploy.bundle.ModuleBundles;
import dev.pawl.deploy.wiring.TrialResolve;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.Origin;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs jars that import packages of each other, so that none of them could be installed first: those that resolve installTogether are
 * installed installTogether. When one of them fails, the others are removed again. This applies only to bundles that are not installed yet.
 */
public final class MutualJars {

    private static final Logger LOG = LoggerFactory.getLogger(MutualJars.class);

    private final Artifacts artifacts;
    private final ModuleBundles bundles;
    private final DeploymentRecords records;
    private final TrialResolve trial;
    private final Installation installation;
    private final ModuleChanges changes;
    /** The digests of jars that failed installTogether and would fail again. */
    private final Set<Set<String>> failed = new HashSet<>();

    public MutualJars(
            Artifacts artifacts,
            ModuleBundles bundles,
            DeploymentRecords records,
            TrialResolve trial,
            Installation installation,
            ModuleChanges changes) {
        this.artifacts = artifacts;
        this.bundles = bundles;
        this.records = records;
        this.trial = trial;
        this.installation = installation;
        this.changes = changes;
    }

    /**
     * Installs those of the jars that resolve with each other.
     *
     * @param refused jars that did not resolve alone
     * @param by the user on whose behalf
     * @return the installed bundles, by jar
     */
    public Map<Path, Deployed> install(Collection<Path> refused, Origin origin, String by) {
        Map<Path, CandidateJar> jars = new LinkedHashMap<>();
        try {
            refused.forEach(jar -> read(jar, origin, by, jars));
            reduce(jars);
            return jars.size() < 2 || failed.contains(digests(jars)) ? Map.of() : installTogether(jars, by);
        } finally {
            jars.values().forEach(CandidateJar::close);
            if (!jars.isEmpty()) {
                artifacts.retain(records.artifacts()); // deletes the artifacts of the failed attempt
            }
        }
    }

    private void read(Path jar, Origin origin, String by, Map<Path, CandidateJar> jars) {
        try {
            CandidateJar read = installation.read(
                    jar, InstallOptions.by(by), origin, jar.getFileName().toString());
            String bundle = read.jar().bundle();
            boolean known = records.ofBundle(bundle).isPresent()
                    || jars.values().stream()
                            .anyMatch(other -> other.jar().bundle().equals(bundle));
            if (known) {
                read.close();
            } else {
                jars.put(jar, read);
            }
        } catch (ProblemException e) {
            LOG.debug("Jar {} is refused by itself.", jar, e);
        }
    }

    /** Removes jars that do not resolve, then those that needed them, and so on. */
    private void reduce(Map<Path, CandidateJar> jars) {
        List<Path> lacking;
        do {
            List<ModuleJar> all = jars.values().stream().map(CandidateJar::jar).toList();
            lacking = jars.entrySet().stream()
                    .filter(entry -> !trial.resolvesWith(entry.getValue().jar(), all))
                    .map(Map.Entry::getKey)
                    .toList();
            for (Path jar : lacking) {
                CandidateJar out = jars.remove(jar);
                if (out != null) {
                    out.close();
                }
            }
        } while (!lacking.isEmpty());
    }

    private Map<Path, Deployed> installTogether(Map<Path, CandidateJar> jars, String by) {
        Map<Path, Deployed> done = new LinkedHashMap<>();
        try {
            for (CandidateJar jar :
                    jars.values()) { // all are installed before any is started, as at a start of the server
                artifacts.keep(jar.staged());
                bundles.install(
                        jar.staged().sha256(), artifacts.open(jar.staged().sha256()));
            }
            jars.forEach((path, jar) -> done.put(path, installation.install(jar)));
            return done;
        } catch (RuntimeException e) {
            failed.add(digests(jars));
            LOG.warn("The jars {} need each other, and are refused installTogether: {}", jars.keySet(), e.getMessage());
            done.values().forEach(one -> changes.uninstall(one.deployment(), ChangeOptions.by(by)));
            return Map.of();
        } finally {
            tidy(jars);
        }
    }

    private void tidy(Map<Path, CandidateJar> jars) {
        Set<String> current = records.current().stream().map(Deployment::sha256).collect(Collectors.toSet());
        for (String digest : digests(jars)) {
            if (!current.contains(digest)) {
                bundles.find(digest).ifPresent(bundles::uninstall);
            }
        }
    }

    private static Set<String> digests(Map<Path, CandidateJar> jars) {
        return jars.values().stream().map(jar -> jar.staged().sha256()).collect(Collectors.toSet());
    }
}
