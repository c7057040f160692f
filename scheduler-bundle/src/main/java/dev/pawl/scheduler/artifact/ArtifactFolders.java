package dev.pawl.scheduler.artifact;

import dev.pawl.base.file.DurableFile;
import dev.pawl.base.file.FileTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The folders with the files of artifacts, one for each job that has some. The files have names of the server's own. */
final class ArtifactFolders {

    private final Path root;

    ArtifactFolders(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /** The folder of a job, which may not exist. */
    Path of(UUID job) {
        return root.resolve(job.toString());
    }

    boolean exists(UUID job) {
        return Files.isDirectory(of(job), LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes the folder of a job, durably, unless it exists. */
    void make(UUID job) throws IOException {
        if (!exists(job)) {
            Files.createDirectories(of(job));
            DurableFile.forceNames(root);
        }
    }

    /** Opens a file of a job, which must be a regular one in the job's real folder. */
    FileChannel open(UUID job, String name) throws IOException {
        Path folder = of(job);
        Path file = folder.resolve(name);
        if (!folder.toRealPath().equals(root.toRealPath().resolve(job.toString()))
                || !Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isRegularFile()) {
            throw new FileSystemException(file.toString(), null, "is no regular file in its folder");
        }
        return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    /** The identity of a job's file, by which another name of it is known; empty when there is none. */
    Optional<Object> identity(UUID job, String name) {
        try {
            return identity(of(job).resolve(name));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    static Optional<Object> identity(Path file) throws IOException {
        return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey());
    }

    /** Deletes the files of a job that do not have one of these names. */
    void keepOnly(UUID job, Set<String> names) throws IOException {
        if (!exists(job)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(of(job))) {
            for (Path file : files) {
                if (!names.contains(String.valueOf(file.getFileName()))) {
                    FileTree.delete(file);
                }
            }
        }
        if (names.isEmpty()) {
            Files.deleteIfExists(of(job));
        }
    }

    void delete(UUID job) throws IOException {
        FileTree.delete(of(job));
    }

    /** The jobs that have a folder. */
    List<UUID> jobs() throws IOException {
        List<UUID> jobs = new ArrayList<>();
        if (Files.isDirectory(root)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
                for (Path folder : folders) {
                    id(String.valueOf(folder.getFileName())).ifPresent(jobs::add);
                }
            }
        }
        return jobs;
    }

    private static Optional<UUID> id(String name) {
        try {
            return Optional.of(UUID.fromString(name));
        } catch (IllegalArgumentException other) {
            return Optional.empty();
        }
    }
}
