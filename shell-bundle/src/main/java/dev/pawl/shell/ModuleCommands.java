package dev.pawl.shell;

import dev.pawl.base.duration.DurationText;
import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.catalog.ModuleEntry;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployer;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.deploy.RollOut;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.shell.Table.Column;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Shell commands for modules. Without a {@link Deployer} they still show the installed ones. */
@Component(service = ModuleCommands.class)
@GogoCommand(
        scope = "module",
        function = {
            "list",
            "show",
            "install",
            "update",
            "enable",
            "disable",
            "uninstall",
            "rollback",
            "promote",
            "history"
        })
public final class ModuleCommands {
    private static final String MODE = "what happens to running jobs: move, finish or now";
    private static final String DRAIN = "with --mode move: how long to wait for the jobs' checkpoints, at most 1h";
    private static final String WHO = "shell";
    private static final int HISTORY_LINES = 100;

    private final ModuleCatalog catalog;
    private final @Nullable Deployer deployer;
    private final ShellAudit audit;

    @Activate
    public ModuleCommands(
            @Reference ModuleCatalog catalog,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    @Nullable
                    Deployer deployer,
            @Reference ShellAudit audit) {
        this.audit = audit;
        this.catalog = catalog;
        this.deployer = deployer;
    }

    @Descriptor("lists the installed modules")
    public Table list() throws CommandException {
        Table table = new Table(
                "No modules are installed; use module:install to install one.",
                Column.cut("ID"),
                Column.cut("VERSION"),
                Column.whole("STATE"),
                Column.cut("NAME"),
                Column.cut("ABOUT"));
        CommandException.unless(catalog::modules)
                .forEach(module -> table.row(
                        module.id(), module.version(), module.state().wireName(), module.name(), about(module)));
        return table;
    }

    @Descriptor("shows a module, its inputs and its settings")
    public Table show(@Descriptor("the module's id") String id) throws CommandException {
        ModuleEntry module = CommandException.unless(() -> catalog.module(id).orElseThrow(() -> unknown(id)));
        return ModuleDetails.of(module, catalog.diagnosis(id).orElse(null), deployer);
    }

    @Descriptor(
            "installs a module's jar, the only one in a folder or in its target/, or a module of the distribution by its id")
    public Table install(
            @Parameter(names = "--mode", absentValue = "move") @Descriptor(MODE) String mode,
            @Parameter(names = "--drain-timeout", absentValue = "30s") @Descriptor(DRAIN) String drainTime,
            @Parameter(names = "--dry-run", presentValue = "true", absentValue = "false")
                    @Descriptor("only says what would happen")
                    boolean dryRun,
            @Descriptor("a jar or a folder") String path)
            throws CommandException {
        InstallOptions options = InstallOptions.of(options(mode, drainTime, dryRun));
        return change(
                "module.install",
                "",
                dryRun,
                deploy -> deploy.available().stream()
                                .anyMatch(module -> module.id().equals(path))
                        ? deploy.installAvailable(path, options)
                        : deploy.installFrom(Path.of(path).toAbsolutePath().normalize(), options));
    }

    @Descriptor("replaces a module by the version in a jar or a folder; the same as module:install")
    public Table update(
            @Parameter(names = "--mode", absentValue = "move") @Descriptor(MODE) String mode,
            @Parameter(names = "--drain-timeout", absentValue = "30s") @Descriptor(DRAIN) String drainTime,
            @Parameter(names = "--dry-run", presentValue = "true", absentValue = "false")
                    @Descriptor("only says what would happen")
                    boolean dryRun,
            @Descriptor("a jar or a folder") String path)
            throws CommandException {
        return install(mode, drainTime, dryRun, path);
    }

    @Descriptor("starts a disabled module, now and after every restart")
    public Table enable(@Descriptor("the module's id") String id) throws CommandException {
        return change("module.enable", id, false, deploy -> deploy.enable(id, ChangeOptions.by(WHO)));
    }

    @Descriptor("stops a module, now and after every restart; its jobs wait")
    public Table disable(
            @Parameter(names = "--mode", absentValue = "move") @Descriptor(MODE) String mode,
            @Parameter(names = "--drain-timeout", absentValue = "30s") @Descriptor(DRAIN) String drainTime,
            @Parameter(names = "--dry-run", presentValue = "true", absentValue = "false")
                    @Descriptor("only says what would happen")
                    boolean dryRun,
            @Descriptor("the module's id") String id)
            throws CommandException {
        ChangeOptions options = options(mode, drainTime, dryRun);
        return change("module.disable", id, dryRun, deploy -> deploy.disable(id, options));
    }

    @Descriptor("removes a module; its jobs wait until it is installed again")
    public Table uninstall(
            @Parameter(names = "--mode", absentValue = "move") @Descriptor(MODE) String mode,
            @Parameter(names = "--drain-timeout", absentValue = "30s") @Descriptor(DRAIN) String drainTime,
            @Parameter(names = "--dry-run", presentValue = "true", absentValue = "false")
                    @Descriptor("only says what would happen")
                    boolean dryRun,
            @Descriptor("the module's id") String id)
            throws CommandException {
        ChangeOptions options = options(mode, drainTime, dryRun);
        return change("module.uninstall", id, dryRun, deploy -> deploy.uninstall(id, options));
    }

    @Descriptor("rolls back to the previous version, or to another one that is kept")
    public Table rollback(
            @Parameter(names = "--to", absentValue = "") @Descriptor("a version, or the beginning of its digest")
                    String version,
            @Parameter(names = "--mode", absentValue = "move") @Descriptor(MODE) String mode,
            @Parameter(names = "--drain-timeout", absentValue = "30s") @Descriptor(DRAIN) String drainTime,
            @Parameter(names = "--dry-run", presentValue = "true", absentValue = "false")
                    @Descriptor("only says what would happen")
                    boolean dryRun,
            @Descriptor("the module's id") String id)
            throws CommandException {
        ChangeOptions options = options(mode, drainTime, dryRun);
        return change(
                "module.rollback",
                id,
                dryRun,
                deploy -> deploy.rollback(id, version.isEmpty() ? null : version, options));
    }

    @Descriptor("rolls back to the given former version")
    public Table rollback(
            @Parameter(names = "--mode", absentValue = "move") @Descriptor(MODE) String mode,
            @Parameter(names = "--drain-timeout", absentValue = "30s") @Descriptor(DRAIN) String drainTime,
            @Parameter(names = "--dry-run", presentValue = "true", absentValue = "false")
                    @Descriptor("only says what would happen")
                    boolean dryRun,
            @Descriptor("the module's id") String id,
            @Descriptor("a version, or the beginning of its digest") String version)
            throws CommandException {
        return rollback(version, mode, drainTime, dryRun, id);
    }

    @Descriptor("lets a version that is held on its first server go on to the others")
    public String promote(@Descriptor("the module's id") String id) throws CommandException {
        Deployer present = deployer();
        RollOut promoted = audit.inSteps("module.promote", id, () -> present.promote(id, WHO));
        return promoted.described() + " goes on to the other servers.";
    }

    @Descriptor("shows the changes made or attempted to a module, latest first")
    public Table history(@Descriptor("the module's id") String id) throws CommandException {
        Deployer present = deployer();
        return ModuleDetails.of(CommandException.unless(() -> present.history(id, HISTORY_LINES)));
    }

    private Table change(String action, String target, boolean dryRun, Function<Deployer, Deployed> change)
            throws CommandException {
        Deployer present = deployer();
        Deployed made = dryRun
                ? CommandException.unless(() -> change.apply(present))
                : audit.inSteps(action, target, () -> change.apply(present));
        return ModuleDetails.of(made, dryRun);
    }

    private Deployer deployer() throws CommandException {
        Deployer present = deployer;
        if (present == null) {
            throw new CommandException("This server runs without deploy-bundle, so its modules cannot be changed.");
        }
        return present;
    }

    private static ChangeOptions options(String mode, String drainTime, boolean dryRun) throws CommandException {
        return CommandException.unless(() -> new ChangeOptions(mode(mode), time(drainTime), dryRun, WHO));
    }

    private static Duration time(String text) {
        return DurationText.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "--drain-timeout is \"" + text + "\"; it takes a time such as 30s or 2m."));
    }

    private static UpdateMode mode(String word) {
        try {
            return UpdateMode.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--mode is \"" + word + "\"; it takes move, finish or now.", e);
        }
    }

    /** The explanation of its state, or else its description. */
    private static String about(ModuleEntry module) {
        return module.explanation().isEmpty() ? module.description() : module.explanation();
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(ProblemCode.NO_SUCH_MODULE, "There is no module \"" + id + "\".");
    }
}
