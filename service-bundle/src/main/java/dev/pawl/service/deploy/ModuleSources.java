package dev.pawl.service.deploy;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Installs modules from places outside the server: git repositories, files at URLs and folders. Each installation is atomic, as those of
 * {@link Deployer}. Safe for many threads, one at a time of which fetches; each method blocks until it is done.
 */
@ProviderType
public interface ModuleSources {

    /**
     * Installs or updates the module in a folder of a git repository. The record names the commit.
     *
     * @throws dev.pawl.service.problem.ProblemException when the repository may not be used, cannot be fetched or holds no module there
     */
    Deployed installFromGit(GitSource source, InstallOptions options);

    /**
     * Installs what {@code modules.yaml} names, one after the other; what fails does not hold up the others.
     *
     * @throws dev.pawl.service.problem.ProblemException when there is no such file or it cannot be understood
     */
    SyncReport sync(ChangeOptions options);
}
