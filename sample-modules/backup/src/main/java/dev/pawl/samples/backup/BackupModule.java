package dev.pawl.samples.backup;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.Secret;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Backs up folders and databases into verified archives, removes old ones by rules, and restores. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "backup",
        name = "Backup",
        description =
                "Backs up a folder or a database to a verified .tar.zst, keeps archives by rules, and restores them.",
        capabilities = {"backup", "restore", "files", "database"},
        enabled = false,
        inputs = BackupInputs.class,
        settings = BackupModule.Settings.class)
public final class BackupModule implements Module {

    /**
     * The settings.
     *
     * @param root the folder that relative paths of inputs start from
     * @param sqlite3 the path of sqlite3
     * @param pgDump the path of pg_dump
     * @param pgPassword the password for PostgreSQL
     */
    public record Settings(
            @Description("The folder that relative paths of inputs start from.") @Nullable
            String root,

            @Description("The path of the program sqlite3; the one on the PATH otherwise.") @Nullable
            String sqlite3,

            @Description("The path of the program pg_dump; the one on the PATH otherwise.") @Nullable
            String pgDump,

            @Secret @Description("The password for PostgreSQL.") @Nullable
            String pgPassword) {}

    @Override
    public void validate(TaskContext task) throws ValidationException {
        action(task);
    }

    @Override
    public void run(TaskContext task) throws Exception {
        Action action = action(task);
        try {
            action.run();
        } catch (ClosedByInterruptException e) {
            Thread.interrupted(); // the exception carries it on
            throw new InterruptedException("The thread was interrupted while the action was at work.");
        } catch (DestinationException e) {
            throw new RunException(e.getMessage() + ".", e);
        } catch (ArchiveException e) {
            throw e.failure();
        } catch (IOException e) {
            throw new RunException(action.failure() + ": " + Reason.of(e) + ".", e);
        }
    }

    @Override
    public void cleanup(TaskContext task) throws CleanupException {
        try {
            action(task).cleanUp();
        } catch (ValidationException neverRan) {
            // then nothing was begun either
        } catch (IOException e) {
            throw new CleanupException("What is unfinished could not be removed: " + Reason.of(e), e);
        }
    }

    private static Action action(TaskContext task) throws ValidationException {
        BackupInputs inputs = task.inputs(BackupInputs.class);
        return switch (inputs.action()) {
            case "backup" -> BackupAction.of(task, inputs);
            case "verify" -> VerifyAction.of(task, inputs);
            case "restore" -> RestoreAction.of(task, inputs);
            default ->
                throw new ValidationException(
                        "action is \"" + inputs.action() + "\"; it takes backup, verify or restore.");
        };
    }
}
