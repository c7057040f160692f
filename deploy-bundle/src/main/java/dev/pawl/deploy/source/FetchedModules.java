package dev.pawl.deploy.source;

import dev.pawl.base.file.FileTree;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployer;
import dev.pawl.service.deploy.GitSource;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.deploy.ModuleSources;
import dev.pawl.service.deploy.SyncReport;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Fetches modules from where the operator allows it, and hands them to the deployer as archives. Nothing is loaded before the first call. */
@Component(service = ModuleSources.class)
public final class FetchedModules implements ModuleSources {

    private static final String ROOT = "(root)";

    private final Deployer deployer;
    private final AllowedSources allowed;
    private final Path list;
    private final Path temporary;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    /** Reads the framework properties that the launcher sets. */
    @Activate
    public FetchedModules(BundleContext context, @Reference Deployer deployer) {
        this(
                deployer,
                AllowedSources.of(context.getProperty("pawl.module.hosts"), context.getProperty("pawl.module.folders")),
                data(context));
    }

    FetchedModules(Deployer deployer, AllowedSources allowed, Path data) {
        this.deployer = deployer;
        this.allowed = allowed;
        this.list = data.resolve("modules.yaml");
        this.temporary = data.resolve("tmp").resolve("sources");
    }

    private static Path data(BundleContext context) {
        String data = context.getProperty("pawl.data.dir");
        return Path.of(data == null || data.isBlank() ? System.getProperty("user.home") + "/.pawl" : data)
                .toAbsolutePath();
    }

    @Override
    public Deployed installFromGit(GitSource source, InstallOptions options) {
        RepositoryAddress repository = RepositoryAddress.of(source.repository());
        allowed.check(repository);
        return alone(() -> {
            try (GitSnapshot snapshot = GitSnapshot.fetch(repository, source.ref(), temporary)) {
                return install(snapshot, repository, source.path(), options).deployed();
            }
        });
    }

    private SyncReport.Synced install(
            GitSnapshot snapshot, RepositoryAddress repository, @Nullable String path, InstallOptions options) {
        String commit = snapshot.commit();
        String record = repository.text() + "#" + commit + (path == null ? "" : ":" + path);
        Deployed deployed = deployer.install(
                snapshot.archive(path), new InstallOptions(options.change(), options.sha256(), record));
        return new SyncReport.Synced(deployed, repository.text(), path, commit);
    }

    @Override
    public SyncReport sync(ChangeOptions options) {
        List<ListedSource> sources = SourceList.read(list);
        return alone(() -> {
            Report report = new Report();
            for (ListedSource source : sources) {
                switch (source.kind()) {
                    case REPO -> syncRepository(source, options, report);
                    case FOLDER -> report.add(ROOT, source.place(), () -> fromFolder(source, options));
                    case URL -> report.add(ROOT, source.place(), () -> fromUrl(source, options));
                }
            }
            return new SyncReport(report.installed, report.failed, report.skipped);
        });
    }

    private void syncRepository(ListedSource source, ChangeOptions options, Report report) {
        List<@Nullable String> paths = new ArrayList<>(source.modules());
        if (paths.isEmpty()) {
            paths.add(null);
        }
        try {
            RepositoryAddress repository = RepositoryAddress.of(source.place());
            allowed.check(repository);
            String ref = source.ref() == null ? source.commit() : source.ref();
            try (GitSnapshot snapshot = GitSnapshot.fetch(repository, ref, temporary)) {
                checkCommit(source, snapshot);
                for (String path : paths) {
                    report.add(
                            path == null ? ROOT : path,
                            source.place(),
                            () -> install(snapshot, repository, path, InstallOptions.of(options)));
                }
            }
        } catch (ProblemException e) {
            paths.forEach(path -> report.fail(path == null ? ROOT : path, source.place(), e));
        }
    }

    private static void checkCommit(ListedSource source, GitSnapshot snapshot) {
        if (source.commit() != null && !source.commit().equals(snapshot.commit())) {
            throw new ProblemException(
                    ProblemCode.HASH_MISMATCH,
                    source.ref() + " of " + source.place() + " is at the commit " + snapshot.commit()
                            + ", and modules.yaml pins " + source.commit() + ".");
        }
    }

    private SyncReport.Synced fromFolder(ListedSource source, ChangeOptions options) {
        try {
            Path folder = Path.of(source.place());
            return new SyncReport.Synced(
                    deployer.installFrom(folder, InstallOptions.of(options)), source.place(), null, null);
        } catch (InvalidPathException e) {
            throw new ProblemException(ProblemCode.MALFORMED, "The folder " + source.place() + " is no path.", e);
        }
    }

    private SyncReport.Synced fromUrl(ListedSource source, ChangeOptions options) {
        RepositoryAddress address = RepositoryAddress.of(source.place());
        allowed.check(address);
        Path file;
        try {
            Files.createDirectories(temporary);
            file = Files.createTempFile(temporary, "url-", ".download");
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.SOURCE_FAILED, "No file can be made in " + temporary + ": " + e.getMessage(), e);
        }
        try {
            Download.fetch(address, allowed, file);
            Deployed deployed = deployer.install(file, new InstallOptions(options, source.sha256(), address.text()));
            return new SyncReport.Synced(deployed, source.place(), null, null);
        } finally {
            file.toFile().delete();
        }
    }

    private <T> T alone(Supplier<T> work) {
        if (!oneAtATime.tryLock()) {
            throw new ProblemException(ProblemCode.SOURCE_BUSY, "Modules are being fetched for another request.");
        }
        try {
            FileTree.delete(temporary); // what a killed server left
            return work.get();
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.SOURCE_FAILED, "The folder " + temporary + " cannot be emptied: " + e.getMessage(), e);
        } finally {
            oneAtATime.unlock();
        }
    }

    /** The outcomes of the sources so far. */
    private static final class Report {

        private final List<SyncReport.Synced> installed = new ArrayList<>();
        private final List<SyncReport.Failure> failed = new ArrayList<>();
        private final List<SyncReport.Synced> skipped = new ArrayList<>();

        void add(String module, String source, Supplier<SyncReport.Synced> work) {
            try {
                SyncReport.Synced done = work.get();
                boolean same = done.deployed().change() == Deployed.Change.UNCHANGED;
                (same ? skipped : installed).add(done);
            } catch (ProblemException e) {
                fail(module, source, e);
            }
        }

        void fail(String module, String source, ProblemException why) {
            failed.add(new SyncReport.Failure(module, source, String.valueOf(why.getMessage())));
        }
    }
}
