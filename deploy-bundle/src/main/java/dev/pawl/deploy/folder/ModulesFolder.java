package dev.pawl.deploy.folder;

import dev.pawl.deploy.artifact.Artifacts;
import dev.pawl.deploy.artifact.ModuleJar;
import dev.pawl.deploy.artifact.SourceFolder;
import dev.pawl.deploy.change.DeploymentRecords;
import dev.pawl.deploy.change.Installation;
import dev.pawl.deploy.change.ModuleChanges;
import dev.pawl.deploy.change.MutualJars;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployed.Change;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.Origin;
import dev.pawl.service.deploy.FolderReport;
import dev.pawl.service.deploy.FolderReport.Refusal;
import dev.pawl.service.deploy.InstallOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the modules folder. A jar has an effect only when it is added, changed or removed, so that the folder and the API never conflict:
 * the last action counts. Removing a jar uninstalls its module only when the installed version came from it and no other jar in the folder
 * holds the bundle. Called by one thread at a time.
 */
public final class ModulesFolder {

    private static final Logger LOG = LoggerFactory.getLogger(ModulesFolder.class);

    private final Path folder;
    private final FolderRecord memory;
    private final DeploymentRecords records;
    private final Installation installation;
    private final ModuleChanges changes;
    private final MutualJars mutualJars;
    private final RefusedJars refused = new RefusedJars();

    public ModulesFolder(
            Path folder,
            FolderRecord memory,
            DeploymentRecords records,
            Installation installation,
            ModuleChanges changes,
            MutualJars mutualJars) {
        this.folder = folder;
        this.memory = memory;
        this.records = records;
        this.installation = installation;
        this.changes = changes;
        this.mutualJars = mutualJars;
    }

    /**
     * Examines every jar.
     *
     * @param again whether jars are installed again whose module a user uninstalled
     */
    public FolderReport lookAtAll(boolean again) {
        Findings findings = new Findings();
        List<Path> jars = new ArrayList<>();
        for (Path jar : SourceFolder.named(folder)) {
            SourceFolder.notAJar(jar).ifPresentOrElse(why -> refuseOdd(jar, why, findings), () -> jars.add(jar));
        }
        jars.sort(
                Comparator.comparing(ModulesFolder::version)); // the highest version of a bundle comes last and remains
        for (Path jar : jars) {
            look(jar, again, findings);
        }
        retryRefused(findings);
        TreeSet<String> known = new TreeSet<>(memory.names());
        records.current().stream()
                .filter(current -> current.origin() == Origin.FOLDER)
                .map(Deployment::source)
                .filter(source -> source != null)
                .forEach(known::add);
        known.stream().filter(name -> !isThere(name)).forEach(name -> gone(name, findings));
        return findings.report();
    }

    /** Examines one jar, which was added, changed or removed. */
    public FolderReport lookAt(Path jar) {
        Findings findings = new Findings();
        Optional<String> odd = SourceFolder.notAJar(jar);
        if (odd.isEmpty() && Files.exists(jar)) {
            look(jar, false, findings);
            retryRefused(findings);
            return findings.report();
        }
        gone(name(jar), findings);
        if (Files.exists(jar, LinkOption.NOFOLLOW_LINKS)) {
            odd.ifPresent(why -> refuseOdd(jar, why, findings));
        }
        return findings.report();
    }

    private boolean isThere(String name) {
        return SourceFolder.resolve(folder, name).filter(Files::isRegularFile).isPresent();
    }

    /** The name in a form that can be shown and stored; that of a file with an invalid name is approximate. */
    private static String name(Path jar) {
        return String.valueOf(jar.getFileName()).replaceAll("\\p{Cntrl}", "?");
    }

    private void refuseOdd(Path jar, String why, Findings findings) {
        String name = name(jar);
        findings.failed.put(name, new Refusal(name, why));
        refused.addOdd(name, why);
    }

    /** Tries jars again that were refused because of other installed bundles, after a change made by other means. */
    public void othersChanged() {
        Findings findings = new Findings();
        try {
            retryRefusedOnce(findings);
            retryRefused(findings);
        } catch (RuntimeException e) {
            LOG.warn("Refused jars of the modules folder could not be tried again.", e);
        }
    }

    /** Tries refused jars again as long as one is installed, since another may have waited for it. */
    private void retryRefused(Findings findings) {
        int installed = 0;
        do {
            while (installed < findings.installed.size()) {
                installed = findings.installed.size();
                retryRefusedOnce(findings);
            }
            takeMutual(findings);
        } while (installed < findings.installed.size());
    }

    /** Jars that need each other cannot be installed one by one. */
    private void takeMutual(Findings findings) {
        List<Path> waiting = refused.dependent().stream().map(folder::resolve).toList();
        if (waiting.size() < 2) {
            return;
        }
        mutualJars.install(waiting, Origin.FOLDER, "folder").forEach((jar, deployed) -> {
            String name = jar.getFileName().toString();
            memory.taken(name, deployed.deployment().sha256());
            refused.remove(name);
            findings.failed.remove(name);
            findings.installed.add(deployed);
        });
    }

    private void retryRefusedOnce(Findings findings) {
        for (String name : refused.dependent()) {
            if (refused.isDependent(name)) { // an earlier one may have installed it too
                findings.failed.remove(name);
                look(folder.resolve(name), false, findings);
            }
        }
    }

    private void look(Path jar, boolean again, Findings findings) {
        String name = jar.getFileName().toString();
        String sha256 = "";
        try {
            sha256 = Artifacts.digest(jar);
            if (isInPlace(name, sha256) || !asks(jar, name, sha256, again)) {
                findings.skipped.add(name);
                return;
            }
            Deployed deployed = take(jar, name);
            if (deployed.change() == Change.UNCHANGED) {
                findings.skipped.add(name);
            } else {
                findings.installed.add(deployed);
            }
        } catch (RuntimeException | IOException e) { // an error in one jar must not affect the others
            findings.failed.put(name, new Refusal(name, RefusedJars.reason(e)));
            refused.add(name, sha256, e);
        }
    }

    private Deployed take(Path jar, String name) {
        Deployed deployed = installation.install(jar, InstallOptions.by("folder"), Origin.FOLDER, name);
        memory.taken(name, deployed.deployment().sha256());
        refused.remove(name);
        return deployed;
    }

    /** Whether this very jar is installed; a renamed jar keeps its module. */
    private boolean isInPlace(String name, String sha256) {
        Optional<Deployment> same = records.current().stream()
                .filter(current -> current.sha256().equals(sha256))
                .findFirst();
        if (same.isEmpty()) {
            return false;
        }
        memory.taken(name, sha256);
        Deployment current = same.get();
        String source = current.source();
        if (current.origin() == Origin.FOLDER && source != null && !isThere(source)) {
            records.put(new Deployment(
                    current.bundle(),
                    current.version(),
                    current.sha256(),
                    current.modules(),
                    current.origin(),
                    name,
                    current.enabled(),
                    current.installedAt(),
                    current.installedBy(),
                    current.signer()));
        }
        return true;
    }

    private boolean asks(Path jar, String name, String sha256, boolean again) {
        boolean unchanged = memory.digest(name).filter(sha256::equals).isPresent();
        return !unchanged
                || (again && records.ofBundle(ModuleJar.read(jar).bundle()).isEmpty());
    }

    private void gone(String name, Findings findings) {
        memory.gone(name);
        refused.remove(name);
        for (Deployment current : records.current()) {
            if (current.origin() == Origin.FOLDER && name.equals(current.source())) {
                LOG.info("Jar {} was removed from the modules folder.", name);
                if (!isReplaced(current, findings)) {
                    changes.uninstall(current, ChangeOptions.by("folder"));
                    retryRefusedOnce(findings); // another bundle may now claim its modules
                }
                retryRefused(findings);
            }
        }
    }

    /** Installs the highest other version in the folder in place of one whose jar was removed. */
    private boolean isReplaced(Deployment left, Findings findings) {
        List<Path> others = new ArrayList<>(SourceFolder.jars(folder));
        others.removeIf(jar -> !left.bundle().equals(bundle(jar)));
        others.sort(Comparator.comparing(ModulesFolder::version).reversed());
        for (Path jar : others) {
            String name = jar.getFileName().toString();
            String sha256 = "";
            try {
                sha256 = Artifacts.digest(jar);
                if (!isInPlace(name, sha256)) {
                    findings.installed.add(take(jar, name));
                }
                return true;
            } catch (RuntimeException | IOException e) {
                refused.add(name, sha256, e);
            }
        }
        return false;
    }

    private static String bundle(Path jar) {
        try {
            return ModuleJar.read(jar).bundle();
        } catch (RuntimeException refusedBefore) {
            return "";
        }
    }

    private static Version version(Path jar) {
        try {
            return Version.parseVersion(ModuleJar.read(jar).version());
        } catch (RuntimeException refusedLater) {
            return Version.emptyVersion;
        }
    }

    /** Collects a report. */
    private static final class Findings {

        private final List<Deployed> installed = new ArrayList<>();
        private final Map<String, Refusal> failed = new LinkedHashMap<>();
        private final List<String> skipped = new ArrayList<>();

        FolderReport report() {
            return new FolderReport(installed, List.copyOf(failed.values()), skipped);
        }
    }
}
