package dev.pawl.deploy.folder;

import dev.pawl.deploy.artifact.Artifacts;
import dev.pawl.deploy.artifact.ModuleJar;
import dev.pawl.deploy.artifact.SourceFolder;
import dev.pawl.deploy.change.DeploymentRecords;
import dev.pawl.deploy.change.Installation;
import dev.pawl.deploy.change.ModuleChanges;
import dev.pawl.deploy.change.MutualJars;
import dev.pawl.deploy.pack.ModuleSource;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployed.Change;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.Origin;
import dev.pawl.service.deploy.FolderReport;
import dev.pawl.service.deploy.FolderReport.Refusal;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the modules folder: its jars, and folders in it that are modules, which count as the jars that they become. A jar has an effect
 * only when it is added, changed or removed, so that the folder and the API never conflict: the last action counts. Removing a jar uninstalls its module only when the installed version came from it and no other jar in the folder
 * holds the bundle. Called by one thread at a time.
 */
public final class ModulesFolder {

    private static final Logger LOG = LoggerFactory.getLogger(ModulesFolder.class);

    private final Path folder;
    private final Artifacts artifacts;
    private final FolderRecord memory;
    private final DeploymentRecords records;
    private final Installation installation;
    private final ModuleChanges changes;
    private final MutualJars mutualJars;
    private final FolderPreparation preparation;
    private final RefusedJars refused = new RefusedJars();

    public ModulesFolder(
            Path folder,
            Artifacts artifacts,
            FolderRecord memory,
            DeploymentRecords records,
            Installation installation,
            ModuleChanges changes,
            MutualJars mutualJars,
            FolderPreparation preparation) {
        this.folder = folder;
        this.artifacts = artifacts;
        this.memory = memory;
        this.records = records;
        this.installation = installation;
        this.changes = changes;
        this.mutualJars = mutualJars;
        this.preparation = preparation;
    }

    /**
     * Examines every jar.
     *
     * @param again whether jars are installed again whose module a user uninstalled
     */
    public FolderReport lookAtAll(boolean again) {
        FolderFindings findings = new FolderFindings();
        List<Path> jars = new ArrayList<>();
        List<Path> named = new ArrayList<>(SourceFolder.named(folder));
        named.addAll(ModuleFolders.in(folder));
        for (Path jar : named) {
            Optional<String> odd = odd(jar);
            if (odd.isPresent()) {
                refuseOdd(jar, odd.get(), findings);
            } else {
                jars.add(jar);
            }
        }
        jars.sort(Comparator.comparing(this::version)); // the highest version of a bundle comes last and remains
        for (Path jar : jars) {
            look(jar, again, findings);
        }
        retryRefused(findings);
        TreeSet<String> known = new TreeSet<>(memory.names());
        for (Deployment current : records.current()) {
            String source = current.source();
            if (!records.areShared()
                    && current.origin() == Origin.FOLDER
                    && source != null) { // by the folder of another server
                known.add(source);
            }
        }
        for (String name : known) {
            if (!isThere(name)) {
                gone(name, findings);
            }
        }
        return findings.report();
    }

    /**
     * Examines one jar, which was added, changed or removed.
     *
     * @throws ProblemException when the store is away; it says nothing about the jar, which is to be examined again
     */
    public FolderReport lookAt(Path jar) {
        FolderFindings findings = new FolderFindings();
        Optional<String> odd = odd(jar);
        if (odd.isEmpty() && Files.exists(jar)) {
            look(jar, false, findings);
            retryRefused(findings);
            findings.throwStoreUnavailable();
            return findings.report();
        }
        gone(name(jar), findings);
        if (Files.exists(jar, LinkOption.NOFOLLOW_LINKS)) {
            odd.ifPresent(why -> refuseOdd(jar, why, findings));
        }
        return findings.report();
    }

    private boolean isThere(String name) {
        Optional<Path> file = SourceFolder.resolve(folder, name);
        return file.isPresent() && (Files.isRegularFile(file.get()) || ModuleFolders.isOne(file.get()));
    }

    private static Optional<String> odd(Path file) {
        return ModuleFolders.isOne(file) ? Optional.empty() : SourceFolder.notAJar(file);
    }

    /** The jar itself, or the one that a module's folder becomes. */
    private ModuleSource source(Path file) {
        return ModuleFolders.isOne(file) ? ModuleSource.of(file, artifacts) : new ModuleSource(file, null);
    }

    /** The name in a form that can be shown and stored; that of a file with an invalid name is approximate. */
    private static String name(Path jar) {
        return String.valueOf(jar.getFileName()).replaceAll("\\p{Cntrl}", "?");
    }

    private void refuseOdd(Path jar, String why, FolderFindings findings) {
        String name = name(jar);
        findings.failed.put(name, new Refusal(name, why));
        refused.addOdd(name, why);
    }

    /** Tries jars again that were refused because of other installed bundles, after a change made by other means. */
    public void othersChanged() {
        FolderFindings findings = new FolderFindings();
        try {
            retryRefusedOnce(findings);
            retryRefused(findings);
        } catch (RuntimeException e) {
            LOG.warn("Refused jars of the modules folder could not be tried again.", e);
        }
    }

    /** Tries refused jars again as long as one is installed, since another may have waited for it. */
    private void retryRefused(FolderFindings findings) {
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
    private void takeMutual(FolderFindings findings) {
        List<Path> waiting = new ArrayList<>();
        for (String name : refused.dependent()) {
            Path file = folder.resolve(name);
            if (!ModuleFolders.isOne(file)) {
                waiting.add(file);
            }
        }
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

    private void retryRefusedOnce(FolderFindings findings) {
        for (String name : refused.dependent()) {
            if (refused.isDependent(name)) { // an earlier one may have installed it too
                findings.failed.remove(name);
                look(folder.resolve(name), false, findings);
            }
        }
    }

    private void look(Path jar, boolean again, FolderFindings findings) {
        String name = jar.getFileName().toString();
        String sha256 = "";
        try (ModuleSource source = source(jar)) {
            sha256 = Artifacts.digest(source.jar());
            if (isInPlace(name, sha256) || !asks(source.jar(), name, sha256, again)) {
                findings.skipped.add(name);
                return;
            }
            preparation.check(jar, sha256, source.jar());
            Deployed deployed = take(source.jar(), name);
            if (deployed.change() == Change.UNCHANGED) {
                findings.skipped.add(name);
            } else {
                findings.installed.add(deployed);
            }
        } catch (RuntimeException | IOException e) { // an error in one jar must not affect the others
            findings.failed(name, RefusedJars.reason(e), e);
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

    private void gone(String name, FolderFindings findings) {
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
    private boolean isReplaced(Deployment left, FolderFindings findings) {
        List<Path> others = new ArrayList<>(SourceFolder.jars(folder));
        others.addAll(ModuleFolders.in(folder));
        others.removeIf(jar -> !left.bundle().equals(bundle(jar)));
        others.sort(Comparator.comparing(this::version).reversed());
        for (Path jar : others) {
            String name = jar.getFileName().toString();
            String sha256 = "";
            try (ModuleSource source = source(jar)) {
                sha256 = Artifacts.digest(source.jar());
                if (!isInPlace(name, sha256)) {
                    findings.installed.add(take(source.jar(), name));
                }
                return true;
            } catch (RuntimeException | IOException e) {
                refused.add(name, sha256, e);
            }
        }
        return false;
    }

    private String bundle(Path jar) {
        try (ModuleSource source = source(jar)) {
            return ModuleJar.read(source.jar()).bundle();
        } catch (RuntimeException refusedBefore) {
            return "";
        }
    }

    private Version version(Path jar) {
        try (ModuleSource source = source(jar)) {
            return Version.parseVersion(ModuleJar.read(source.jar()).version());
        } catch (RuntimeException refusedLater) {
            return Version.emptyVersion;
        }
    }
}
