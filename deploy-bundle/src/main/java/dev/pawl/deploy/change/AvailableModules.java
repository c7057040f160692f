package dev.pawl.deploy.change;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.deploy.artifact.CandidateJar;
import dev.pawl.deploy.artifact.ModuleJar;
import dev.pawl.deploy.artifact.SourceFolder;
import dev.pawl.service.deploy.AvailableModule;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployment.Origin;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.resource.Capability;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The modules that the distribution brings but does not install: a start neither reads nor judges their jars. The folder is read anew with
 * each call, since a distribution may be replaced under a running server.
 */
public final class AvailableModules {

    private static final Logger LOG = LoggerFactory.getLogger(AvailableModules.class);

    private final Path folder;
    private final DeploymentRecords records;
    private final Installation installation;
    private final ModuleChanges changes;

    /** Looks into one folder of jars. */
    public AvailableModules(Path folder, DeploymentRecords records, Installation installation, ModuleChanges changes) {
        this.folder = folder;
        this.records = records;
        this.installation = installation;
        this.changes = changes;
    }

    /** All modules of the folder's jars, by id. */
    public List<AvailableModule> all() {
        List<AvailableModule> modules = new ArrayList<>();
        read().values().forEach(jar -> jar.resource()
                .getCapabilities(AutomationModule.NAMESPACE)
                .forEach(capability -> modules.add(module(jar, capability))));
        modules.sort(Comparator.comparing(AvailableModule::id));
        return modules;
    }

    /** Whether a jar has that module. */
    public boolean has(String module) {
        return jarOf(module).isPresent();
    }

    /** Reads the jar with that module, so that it can be installed. */
    public CandidateJar read(String module, InstallOptions options) {
        Path jar = jarOf(module)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NO_SUCH_MODULE,
                        "The distribution has no module " + module
                                + "; `pawl module list --available` lists those that it has."));
        return installation.read(jar, options, Origin.DISTRIBUTION, String.valueOf(jar.getFileName()));
    }

    /** Installs the jar that was read for a module, and enables it: who asks for it wants it to run. */
    public Deployed install(String module, CandidateJar incoming) {
        ChangeOptions options = incoming.options().change();
        Deployed installed = installation.install(incoming);
        if (options.dryRun() || installed.deployment().enabled()) {
            return installed;
        }
        Deployed enabled = changes.enable(records.require(module), options);
        return new Deployed(
                installed.change(),
                enabled.deployment(),
                installed.formerVersion(),
                installed.jobs(),
                installed.impact());
    }

    private Optional<Path> jarOf(String module) {
        return read().entrySet().stream()
                .filter(jar -> jar.getValue().modules().stream()
                        .anyMatch(identity -> identity.id().equals(module)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The jars whose bundles were installed from here, by name: a new distribution may have brought other versions of them. */
    List<Path> installed() {
        return records.current().stream()
                .filter(current -> current.origin() == Origin.DISTRIBUTION)
                .flatMap(current -> Stream.ofNullable(current.source()))
                .flatMap(source -> SourceFolder.resolve(folder, source).stream())
                .filter(Files::isRegularFile)
                .toList();
    }

    private Map<Path, ModuleJar> read() {
        Map<Path, ModuleJar> jars = new LinkedHashMap<>();
        for (Path jar : SourceFolder.jars(folder)) {
            try {
                jars.put(jar, ModuleJar.read(jar));
            } catch (ProblemException e) { // one spoilt jar must not hide the others
                LOG.warn("The jar {} of the distribution holds no available module: {}", jar, e.getMessage());
            }
        }
        return jars;
    }

    private AvailableModule module(ModuleJar jar, Capability capability) {
        Map<String, Object> attributes = capability.getAttributes();
        String id = String.valueOf(attributes.get("id"));
        List<String> capabilities = attributes.get("capabilities") instanceof List<?> words
                ? words.stream().map(String::valueOf).toList()
                : List.of();
        return new AvailableModule(
                id,
                String.valueOf(attributes.getOrDefault("name", id)),
                jar.version(),
                String.valueOf(attributes.getOrDefault("description", "")),
                capabilities,
                records.ofModule(id).isPresent());
    }
}
