package dev.pawl.samples.backup;

import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.file.NamedFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Restores an archive into an empty folder: first into a hidden folder within, and when all of it is there and sound, out of that. */
final class RestoreAction implements Action {

    private static final String RESTORED = "restored";

    private final TaskContext task;
    private final Path archive;
    private final Path into;
    private final Path hidden;

    private RestoreAction(TaskContext task, Path archive, Path into) {
        this.task = task;
        this.archive = archive;
        this.into = into;
        this.hidden = into.resolve(".pawl-" + task.idempotencyKey("restore"));
    }

    static RestoreAction of(TaskContext task, BackupInputs inputs) throws ValidationException {
        Map<String, @Nullable Object> others = new LinkedHashMap<>();
        others.put("folder", inputs.folder());
        others.put("sqlite", inputs.sqlite());
        others.put("postgres", inputs.postgres());
        NamedInputs.refuse("restore", others);
        Path archive = NamedInputs.archive(task, inputs);
        String name = NamedInputs.required("restore", "into", inputs.into());
        Path into = NamedInputs.files(task).targetFolder("into", name);
        RestoreAction action = new RestoreAction(task, archive, into);
        try {
            if (Files.exists(into) && !action.isReady()) {
                throw new ValidationException(
                        "into is \"" + name + "\", which is not empty; it takes an empty folder.");
            }
        } catch (IOException e) {
            throw NamedFiles.refusal("into", name, e);
        }
        return action;
    }

    /** Whether the folder is empty but for what this task itself has put there. */
    private boolean isReady() throws IOException {
        if (task.checkpoint(RESTORED, false)) {
            return true;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(into)) {
            for (Path child : children) {
                if (!child.equals(hidden)) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void run() throws IOException, RunException {
        if (!task.checkpoint(RESTORED, false)) {
            restore();
        }
        if (Files.exists(hidden, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(hidden)) {
                for (Path child : children) {
                    Files.move(child, into.resolve(child.getFileName()), StandardCopyOption.ATOMIC_MOVE);
                }
            }
            Files.delete(hidden);
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("archive", archive.toString());
        result.put("output_folder", into.toString());
        result.put("entries", task.checkpoint("entries", 0L));
        result.put("bytes", task.checkpoint("bytes", 0L));
        task.info("Restored " + archive + " to " + into + ".");
        task.progress(100, result);
        task.emit(result);
    }

    private void restore() throws IOException, RunException {
        cleanUp(); // what a killed run left
        Files.createDirectory(
                task.files().entry(hidden),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Restoration restoration = new Restoration(hidden);
        try {
            ArchiveReader.Contents contents = new ArchiveReader(
                            task, archive, archive.toString(), task.workDir().resolve("read.sha256"))
                    .read(restoration, new Share(task, "restore", 0, 99));
            restoration.finish();
            task.checkpoint(Map.of(RESTORED, true, "entries", contents.entries(), "bytes", contents.bytes()));
        } finally {
            restoration.abandon();
        }
    }

    @Override
    public void cleanUp() throws IOException {
        if (!Files.exists(hidden, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(task.files().entry(hidden), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public String failure() {
        return "The archive " + archive + " could not be restored to " + into;
    }
}
