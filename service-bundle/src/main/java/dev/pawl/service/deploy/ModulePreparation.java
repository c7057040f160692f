package dev.pawl.service.deploy;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Makes what the module of a folder needs on this machine before it can run: checks for its interpreter, and installs its packages. */
@ProviderType
public interface ModulePreparation {

    /**
     * Prepares a module; nothing is left to do when it is prepared already. It may take minutes.
     *
     * @param jar the bundle that the folder was packed into
     * @throws dev.pawl.service.problem.ProblemException when the module cannot run here, with a sentence that says what is missing
     */
    void prepare(Path jar);
}
